// Light, dark, or as the computer says.

const KEY = "sandbox.theme";
const CHOICES = [
  ["auto", "Like the computer", "globe"],
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
];

export function applyTheme(choice = localStorage.getItem(KEY) ?? "auto") {
  document.documentElement.dataset.theme = choice;
}

/** Menu items to choose the colours. */
export function themeItems() {
  const present = localStorage.getItem(KEY) ?? "auto";
  return CHOICES.map(([choice, label, icon]) => ({
    label,
    icon,
    checked: choice === present,
    run: () => {
      localStorage.setItem(KEY, choice);
      applyTheme(choice);
    },
  }));
}
