"""What `digi demo` has people say: who they are, which rooms they have, and their talk. Text only; calls nothing.

A line of talk is `name: text`; `name^2: text` answers the line two above; `name*: text => better text` is edited
afterwards, and `name-: text` deleted; `name>: words` forwards what was said in these words before, wherever. A `\\n`
within is a new line. Below a line, and indented, stands who put what to it: `👍 bob mira`, or `pin mira`.
"""

from typing import NamedTuple


class Room(NamedTuple):
    """`people` come in this order, the first of them makes it; `unread` have not read the end of it.

    `starred` keep it on top, and are `muted` who want to be left in peace by it.
    """

    kind: str
    name: str
    people: str
    talk: str
    topic: str = ""
    moderator: str = ""
    unread: str = ""
    starred: str = ""
    muted: str = ""
    is_archived: bool = False


PEOPLE = {
    "alice": ("Alice Lindqvist", 205),
    "bob": ("Bob Okafor", 28),
    "mira": ("Mira Kovač", 330),
    "toru": ("山田 徹", 150),
    "layla": ("ليلى عباس", 275),
    "nikos": ("Νίκος Παπαδάκης", 190),
    "priya": ("प्रिया शर्मा", 45),
    "dmytro": ("Дмитро Коваль", 100),
}
BOTS = {"robbie": ("Robbie", 240)}

FRIENDS = ("alice bob", "alice mira", "alice toru", "bob nikos", "mira layla", "priya dmytro")
REQUESTS = ("dmytro alice", "alice priya", "nikos mira")  # who asked whom, and waits

LOUNGE = """\
alice: Welcome, everybody. This is the room for whatever has no room yet.
  pin mira
bob: Is there coffee?
alice^1: There is always coffee. It is just not always *warm*.
  😄 bob mira toru
mira: Good morning from a very rainy Zagreb
toru: おはようございます。こちらは晴れです。
mira^1: I could use some of that sun!
layla: صباح الخير جميعاً
  ☀️ toru priya
priya: नमस्ते! Finally a chat that does not ask for my phone number.
nikos: Καλημέρα. How do I change my colour? I seem to be the same blue as Alice.
alice^1: Your profile, at the bottom left. There is a row of colours for it.
nikos: Much better.
dmytro: Hello! @priya told me that the chess people are here?
priya: They are in their own room. Type `chess club` under "Enter a room".
dmytro: Found it, thank you.
bob: Who took the big table for Saturday?
layla: That was me. We are eight, and we have a cake.
bob^1: For cake you may have any table you like.
mira*: I can bring the chiars from the cellar. => I can bring the chairs from the cellar.
layla: That would be lovely, thank you.
alice: While everybody is here: the heating will be **off on Tuesday** from nine to noon. Bring a pullover.
  pin mira
  👍 toru nikos priya bob
  🥶 dmytro mira
toru: ありがとう。コートを着て行きます。
nikos: Is that the whole house or the upper floor only?
alice^1: Upper floor. The kitchen stays warm.
bob: Then I know where I shall be working.
priya: Same.
dmytro: Same.
mira: It is going to be a very full kitchen.
layla-: My number, if anybody needs the key on Saturday: 555 0134
layla: Oh, that was for one of you only. Ask me for the key, I will be there from ten.
alice^1: That is what deleting is for. It is gone.
robbie: The notice board has a new entry: "Found: one grey umbrella, slightly used".
nikos^1: Mine! I have been looking for it since the spring.
toru: 🌂
bob: "Slightly".
layla: السبت إذن! الكعكة جاهزة.
  🎂 bob mira alice priya
mira: See you on Saturday then, @everyone."""

CHESS = """\
bob: Thursday, seven o'clock, back room. Who is coming?
toru: 参加します。
dmytro: I would like to, if a beginner is welcome.
bob^1: Everybody is. We have lost to beginners before.
mira: Speak for yourself
bob: I was.
nikos: I come with two boards and a clock that works.
alice: And I with the clock that does not.
mira: Dmytro, do you know the rules, or do we start with how the horse jumps?
dmytro^1: I know the rules. I just do not know what to do with them.
mira: Then you are as far as any of us.
bob: Look at this. White to move:\\nK on g1, Q on h5, N on g5\\nBlack: K on g8, pawns f7 g7 h6\\nMate in two.
toru: Qxf7+ Kh8, Qxg7#?
bob^1: After Qxf7+ the king goes to h8, and then?
toru: ああ、ナイトが g7 を守っていない。
nikos: Qxf7+ Kh8, Qf8+ Kh7... no.
mira: The knight is on g5 and the pawn on h6 takes it, doesn't it?
bob: That is the sort of thing one should check before one shows a puzzle.
alice: 😄
bob*: New one tomorrow. With a pawn les. => New one tomorrow. With a pawn less.
dmytro: I learned something: to check the board of whoever sounds sure.
mira^1: Lesson one, done. That took me three years.
nikos: Pairings for Thursday?
nikos: I draw them like this, in case somebody doubts it:\\n\
```python\\n\
import random\\n\\n\
players = ["Bob", "Toru", "Mira", "Dmytro", "Nikos", "Alice"]\\n\
random.shuffle(players)\\n\
for white, black in zip(players[::2], players[1::2]):\\n\
    print(f"{white} – {black}")\\n\
```
  👏 mira toru
robbie: Round 3, drawn by lot:\\n1. Bob – Toru\\n2. Mira – Dmytro\\n3. Nikos – Alice
mira: Be kind to me, Dmytro.
dmytro: I will try my worst.
toru: ボブさん、よろしくお願いします。
bob^1: The pleasure will be yours, I fear.
alice: Nikos, I warn you: I have read half a book.
nikos^1: Which half?
alice: The one with the pictures.
bob: Results from last time, so that nobody has to ask:\\n\\n\
| Player | Points |\\n\
| :--- | ---: |\\n\
| Toru | 2 |\\n\
| Mira | 2 |\\n\
| Nikos | 1 |\\n\
| Bob | 1 |\\n\
| Alice | 0 |\\n\\n\
And to Alice the *moral* victory.
  pin mira
  🏆 toru mira alice
alice^1: It was a beautiful position.
bob: It was. Just not yours.
mira: Somebody left a scarf and a bishop.
nikos: The scarf is mine.
toru: ビショップは僕のです。
robbie: Round 3 begins in ten minutes.
dmytro: On my way, the tram is late.
mira: We wait. The clock that does not work is on your side.
toru: もう着きました。
bob: Boards are up. @alice, you have white."""

KITCHEN = """\
layla: What is in the blue pot, and who is responsible?
priya: Dal. Me. There is enough for six.
layla^1: I take it all back. It smells wonderful.
bob: Is it hot?
priya: Do you mean warm, or do you mean hot?
bob: Yes.
nikos: I ate some. I can see the future.
priya^1: Good or bad?
nikos: Thirsty.
mira: Recipe, please!
priya^1: **Dal for six**\\n\\n\
1. Red lentils, 500 g, rinsed\\n\
2. Water, turmeric, salt: twenty minutes\\n\
3. Ghee, cumin and chillies until it smells right
  pin layla
  😋 mira layla bob
  ❤️ nikos
mira: > until it smells right\\n\\nThat is my kind of measure.
toru: 今度、味噌汁を作ります。
  🙏 priya
layla: نعم من فضلك! And I make mjaddara next week.
alice: I can do toast.
bob: We know, Alice. We know.
robbie: The dishwasher has finished.
layla: Who empties it? I did yesterday.
bob: On my way."""

TRIP = """\
mira: So, Kotor. Four days in May. Who is still in?
alice: In.
layla: In, if we leave on Friday and not on Thursday.
nikos: In, and I bring the map that is wrong.
mira: Friday works. There is a bus at 6:40 and one at 11:15.
layla: 11:15!
alice: 11:15.
nikos: I would have taken the 6:40, for the light. But I know when I am outvoted.
mira^1: You can take the 6:40 and buy us breakfast.
nikos: That is how one loses friends and finds bread.
layla: I looked at rooms. There is a house with four beds and a terrace, 120 for all of us and all nights.
alice^1: That sounds too good. What is wrong with it?
layla: 312 steps.
mira: Ah.
nikos: The view must be excellent.
layla: I write to them tonight.
mira*: To pack:\\n\
- passports\\n\
- swimming things\\n\
- cards\\n\
- sun screem => To pack:\\n\
- passports\\n\
- swimming things\\n\
- cards\\n\
- sun screen
  pin layla
alice: And something against 312 steps.
layla: They answered: **the house is ours!** @alice @mira @nikos
  🎉 mira alice nikos"""

OLD = """\
mira: First meeting: the short one about the lighthouse. Tuesday.
alice: I have it from the library.
bob: I have begun it twice.
alice: We finished it! Closing this room, the next book gets a new one."""

WITH_BOB = """\
alice: Do you still have the ladder?
bob: I have a ladder. Whether it is the ladder, only you can tell.
alice: Red, and one step missing.
bob^1: Then it is the ladder.
alice: Can I have it on Wednesday?
bob: I bring it along. What for?
alice: The lamp in the hall. It has been dark since October and I have run out of excuses.
bob: I hold the ladder, you hold the lamp.
alice: Deal. And you mind the step.
bob: Which one?
alice: Exactly.
bob: 🪜"""

WITH_MIRA = """\
mira: Did you get the tickets?
alice: Two, row seven.
mira: You are the best.
alice: They were the last two, so it was that or the floor.
mira: I would have taken the floor.
alice: I know.
mira: Which was the day without heating?
alice>: the heating will be
mira: Then dinner before, where it is warm? There is the new place behind the station.
alice: At six?
mira: At six. I book.
mira: Booked. They asked whether we want to sit by the window and I said that we want nothing else."""

WITH_TORU = """\
toru: アリスさん、木曜日のチェスの後で少し時間ありますか。
alice: はい、あります! My Japanese ends about here, though.
toru: That was very good. I wanted to ask you about the book you read half of.
alice: You can have the other half.
toru: ありがとうございます。"""

BOB_NIKOS = """\
nikos: Was that your umbrella too?
bob: No, I only laughed at it.
nikos: Fair."""

ROOMS = (
    Room("group", "Book circle", "alice bob mira", OLD, topic="One book a month", is_archived=True),
    Room("direct", "", "bob nikos", BOB_NIKOS),
    Room(
        "public",
        "kitchen",
        "priya layla bob nikos mira toru alice robbie",
        KITCHEN,
        "What is cooking",
        "layla",
        unread="bob",
        muted="alice",
    ),
    Room("direct", "", "alice toru", WITH_TORU),
    Room("group", "Kotor in May", "mira alice layla nikos", TRIP, "Bus 11:15, 312 steps", "layla", unread="nikos"),
    Room(
        "public",
        "lounge",
        "alice bob mira toru layla priya nikos dmytro robbie",
        LOUNGE,
        "For whatever has no room yet",
        "mira",
        unread="toru",
        starred="alice priya",
    ),
    Room("direct", "", "alice bob", WITH_BOB),
    Room(
        "public",
        "chess club",
        "bob toru mira dmytro nikos alice robbie",
        CHESS,
        "Thursdays at seven, the back room",
        "mira",
        unread="alice",
    ),
    Room("direct", "", "mira alice", WITH_MIRA, unread="alice"),
)
