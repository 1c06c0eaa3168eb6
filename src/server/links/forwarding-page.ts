import type { MessageLanguage } from '../../messages/message.js';
import { html } from '../http/html.js';
import { htmlLang } from '../pages/reader.js';
import { PAGE_TEXTS } from '../pages/texts.js';

/** Renders a page that leads on at once, without a script: for a state that is too long for the header `Location`. */
export function forwardingPage(location: string, language: MessageLanguage): string {
  const { openInGraphiql } = PAGE_TEXTS[language];
  return html`<!doctype html>
<html lang="${htmlLang(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${openInGraphiql} · stedenband</title>
<meta http-equiv="refresh" content="0; url=${location}">
</head>
<body><main><h1>stedenband</h1><p><a href="${location}">${openInGraphiql}</a></p></main></body>
</html>
`.text;
}
