// @ts-check
// The kinds of emoji and the tones of skin in Arabic; of each emoji there is no Arabic data, and it keeps its English name.

export default {
  groups: ["وجوه ومشاعر", "أشخاص وأجسام", "حيوانات وطبيعة", "طعام وشراب", "سفر وأماكن", "أنشطة", "أشياء", "رموز", "أعلام"],
  tones: ["لون بشرة فاتح", "لون بشرة فاتح ومتوسط", "لون بشرة متوسط", "لون بشرة متوسط وداكن", "لون بشرة داكن"],
};
