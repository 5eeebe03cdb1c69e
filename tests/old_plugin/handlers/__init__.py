from . import actions, commands, dialogs, events, keywords, notifications, slack
