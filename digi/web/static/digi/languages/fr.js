// Words of the page; the English is the key. See bin/words.
export default {
  "Away": "",
  "Cancel": "",
  "Close": "",
  "Conversations": "",
  "Draft": "",
  "Draft:": "",
  "For 8 hours": "",
  "For an hour": "",
  "Last seen just now": "",
  "Last seen {count} h ago": {
    "one": "",
    "many": "",
    "other": ""
  },
  "Last seen {count} min ago": {
    "one": "",
    "many": "",
    "other": ""
  },
  "Last seen {when}": "",
  "Leave": "",
  "Leave {name}?": "",
  "Leave…": "",
  "Mark as read": "",
  "Mark as unread": "",
  "Mute {name}": "",
  "Muted": "",
  "Mute…": "",
  "Not now": "",
  "Notices": "",
  "Offline": "",
  "Online": "",
  "Only a member can bring you back in.": "",
  "Several people are typing…": "",
  "Something was written to you while you looked elsewhere. Tell you next time?": "",
  "Star: keep on top": "",
  "Tell me": "",
  "This part of the page could not be loaded. Try again once you are connected.": "",
  "Unmute": "",
  "Unstar": "",
  "Until I unmute it": "",
  "Until tomorrow": "",
  "What to do with {name}": "",
  "You can enter again by its name.": "",
  "away": "",
  "online": "",
  "typing…": "",
  "{count} mention you": {
    "one": "",
    "many": "",
    "other": ""
  },
  "{count} unread": {
    "one": "",
    "many": "",
    "other": ""
  },
  "{name} is typing…": ""
};
