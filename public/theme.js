// The colour theme: auto, light, dark, remembered in this browser only. It runs before the page is drawn, so that nothing flashes.
const root = document.documentElement;
const ORDER = ['auto', 'light', 'dark'];
const read = () => {
  try {
    const saved = localStorage.getItem('theme');
    return ORDER.includes(saved) ? saved : 'auto';
  } catch {
    return 'auto';
  }
};
let theme = read();
const apply = () => {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
};
apply();

addEventListener('DOMContentLoaded', () => {
  const button = document.querySelector('[data-theme-toggle]');
  const show = () => {
    apply();
    button.textContent = `Theme: ${theme}`;
  };
  show();
  button.hidden = false;
  button.addEventListener('click', () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Private mode: the choice lasts until the page closes.
    }
    show();
  });
});
