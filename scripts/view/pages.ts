/** The HTML around the view while it is being worked on. */
import { scenes } from '../../webview/development/scenes.ts';
import { developmentThemes } from '../../webview/development/themes.ts';

/** The page as the extension's panel makes it, with a stand-in for VS Code before it. */
export function pageHtml(nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="icon" href="data:,">
<link rel="stylesheet" nonce="${nonce}" href="webview.css">
<title>Gradients</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="standIn.js"></script>
<script nonce="${nonce}" src="webview.js"></script>
</body>
</html>`;
}

/** The page in a frame, with switches for scene, theme and width. */
export function frameHtml(): string {
  const options = (names: readonly string[]): string =>
    names.map((name) => `<option>${name}</option>`).join('');
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="UTF-8">
<title>Gradient view</title>
<style>
  body { margin: 0; display: grid; grid-template-rows: auto 1fr; height: 100vh; font: 13px system-ui; background: #777; }
  form { display: flex; gap: 16px; padding: 6px 12px; background: #eee; }
  iframe { border: 0; height: 100%; margin: 0 auto; }
</style>
<form>
  <label>Scene <select name="scene">${options(Object.keys(scenes))}</select></label>
  <label>Theme <select name="theme">${options(Object.keys(developmentThemes))}</select></label>
  <label>Width <select name="width"><option>100%</option><option>1200px</option><option>600px</option><option>320px</option></select></label>
</form>
<iframe title="Gradient view"></iframe>
<script>
  const form = document.forms[0];
  const show = () => {
    const { scene, theme, width } = Object.fromEntries(new FormData(form));
    const frame = document.querySelector('iframe');
    frame.style.width = width;
    frame.src = 'page?' + new URLSearchParams({ scene, theme });
  };
  form.addEventListener('change', show);
  show();
</script>
</html>`;
}
