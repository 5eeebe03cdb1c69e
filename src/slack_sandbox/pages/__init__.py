"""Pages beside the chat: the apps, the inspector, the list of methods. Made here, without a script."""
