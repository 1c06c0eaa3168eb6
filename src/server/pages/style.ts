import { type StaticFile, staticFile } from '../http/static-file.js';

/** The address of the style sheet: the same in every release, because pages about the past are stored for a year. */
export const STYLE_PATH = '/pages.css';

const STYLE = `:root{color-scheme:light dark;--paper:#fff;--ink:#1a2230;--soft:#465062;--line:#c9d0da;--wash:#f3f5f8;--link:#143f7a;--accent:#1d3557;--mark:#ffe9a8;--mark-ink:#3d2c00;--warn:#fff4d6;--ring:#b3005e;--land:#e4e9ef;--arc:#005a8e}
@media screen and (prefers-color-scheme:dark){:root{--paper:#141a24;--ink:#eef2f7;--soft:#c0cad8;--line:#3b475a;--wash:#1d2634;--link:#a9cdff;--accent:#0d1420;--mark:#5b4600;--mark-ink:#fff3cf;--warn:#3a2f0c;--ring:#ff8fc4;--land:#2b3647;--arc:#7cc4f5}}
*{box-sizing:border-box}
html{font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word}
a{color:var(--link);text-underline-offset:.15em}
a:hover{text-decoration-thickness:.14em}
:focus-visible{outline:3px solid var(--ring);outline-offset:2px;border-radius:2px}
main:focus{outline:none}
.skip{position:absolute;left:-99rem;top:0;padding:.6rem 1rem;background:var(--paper);z-index:2}
.skip:focus{left:.5rem;top:.5rem}
.banner,main,footer{padding-inline:max(1rem,calc((100vw - 72rem)/2))}
.banner{display:flex;flex-wrap:wrap;align-items:center;gap:.35rem 1.75rem;padding-block:.7rem;border-bottom:1px solid var(--line);background:var(--wash)}
.home{display:flex;align-items:center;gap:.6rem;margin-right:auto;color:var(--ink);text-decoration:none;min-height:2rem}
.home svg{flex:none}.logo{fill:#1d3557}
.long{color:var(--soft);font-size:.9rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin:0;padding:0;list-style:none}
nav a,nav span[aria-current]{display:inline-block;padding:.25rem 0;min-height:1.75rem}
nav span[aria-current]{font-weight:600}
main{padding-block:1.75rem 3rem;max-width:none}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.3rem);line-height:1.2;margin:0 0 .35rem;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.3;margin:2.4rem 0 .7rem;padding-top:.6rem;border-top:2px solid var(--accent)}
@media screen and (prefers-color-scheme:dark){h2{border-top-color:var(--line)}}
h3{font-size:1.08rem;margin:1.5rem 0 .5rem}h4{font-size:1rem;margin:1.1rem 0 .4rem}
h2 small,h3 small,h4 small{font-weight:400;color:var(--soft);font-size:.9em}
p{margin:.4rem 0 .8rem;max-width:46rem}
.kind{margin:0 0 .2rem;color:var(--soft);font-weight:600}
.lead{font-size:1.08rem;color:var(--soft)}
.other{color:var(--soft);font-size:1.08rem;margin:0 0 .3rem}
.id,code,pre{font:.9rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.id{color:var(--soft)}
mark{background:var(--mark);color:var(--mark-ink);padding:0 .25em;border-radius:2px}
.past,.notice{max-width:none;padding:.7rem 1rem;border-left:5px solid var(--ring);background:var(--warn);margin:0 0 1.4rem}
.notice h2{margin:.2rem 0 .4rem;padding:0;border:0;font-size:1.1rem}
.notice ul{margin:.2rem 0;padding-left:1.2rem}
dl{margin:.5rem 0 1rem;max-width:60rem}
dl>div{display:grid;grid-template-columns:minmax(9rem,15rem) minmax(0,1fr);gap:.1rem 1.5rem;padding:.42rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft)}dd{margin:0}
dd ul{margin:0;padding-left:1.1rem}
sup a{display:inline-block;min-width:1.5rem;min-height:1.5rem;line-height:1.5rem;text-align:center;font-size:.95em}
sup{line-height:1;font-size:.75rem;vertical-align:.25em}
.scroll{overflow-x:auto;margin:.4rem 0 1rem}
table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.65}
th,td{text-align:left;vertical-align:top;padding:.45rem 1.1rem .45rem 0;border-bottom:1px solid var(--line);min-width:4.5rem;max-width:34rem}
thead th{border-bottom:2px solid var(--soft);font-weight:600;vertical-align:bottom;color:var(--soft)}
tbody th{font-weight:500}
.number{text-align:right;font-variant-numeric:tabular-nums}
td ul,th ul{margin:0;padding-left:1rem}td li+li{margin-top:.15rem}
ol.sources{padding-left:2rem;max-width:60rem}ol.sources li{padding:.25rem 0 .25rem .3rem}
ol.sources li:target{background:var(--warn)}
.supports{color:var(--soft);font-size:.92rem}
ol.history{list-style:none;padding:0;max-width:60rem}
ol.history>li{padding:.55rem 0;border-bottom:1px solid var(--line)}
ol.history p{margin:.1rem 0}ol.history ul{margin:.2rem 0;padding-left:1.2rem;font-size:.95rem}
.plain{list-style:none;padding:0;margin:.4rem 0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem}
.plain a{display:inline-block;padding:.2rem 0}
.questions{padding-left:0;list-style:none;max-width:60rem}
.questions li{padding:.55rem 0;border-bottom:1px solid var(--line)}
.questions p{margin:.1rem 0 0;color:var(--soft)}
details{margin:.5rem 0;max-width:60rem}
summary{cursor:pointer;padding:.35rem 0;font-weight:600;color:var(--link);min-height:1.9rem}
pre{overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--wash);border:1px solid var(--line);padding:.8rem 1rem;margin:.4rem 0 1rem;max-height:26rem}
form{max-width:46rem}
form.ask{display:flex;flex-wrap:wrap;gap:.6rem 1.2rem;align-items:end;max-width:none;background:var(--wash);border:1px solid var(--line);padding:1rem 1.2rem;margin:1rem 0}
form.ask .field{flex:1 1 14rem;max-width:24rem}
.field{margin:.9rem 0}form.ask .field{margin:0}
label,legend{display:block;font-weight:600;margin-bottom:.15rem}
.hint{display:block;color:var(--soft);font-size:.9rem;margin:0 0 .2rem;font-weight:400}
fieldset{border:1px solid var(--line);padding:.5rem 1rem 1rem;margin:1rem 0}fieldset legend{padding:0 .4rem}
input,select,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:3px;padding:.45rem .6rem;width:100%;min-height:2.5rem}
textarea{min-height:7rem}
button{font:inherit;font-weight:600;min-height:2.6rem;padding:.45rem 1.3rem;border:1px solid transparent;border-radius:3px;background:#1d3557;color:#fff;cursor:pointer}
button:hover{background:#0f2340}
@media screen and (prefers-color-scheme:dark){button{background:#cfe0f7;color:#0d1a2b}button:hover{background:#fff}.logo{fill:#31507d}}
figure{margin:1rem 0;max-width:46rem}figcaption{color:var(--soft);font-size:.9rem}figure svg{display:block;width:100%;height:auto}
.land{fill:var(--land);stroke:var(--soft);stroke-width:.6}.arc{fill:none;stroke:var(--arc);stroke-width:1.6}.arc.ended{stroke-dasharray:6 4}.arc.dormant{stroke-dasharray:1.6 3}.arc.unknown{stroke:var(--soft)}.place{fill:var(--ink)}figure text{font:600 13px system-ui,sans-serif;fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:3px}
footer{padding-block:1.2rem 2rem;border-top:1px solid var(--line);background:var(--wash);color:var(--soft)}
footer p{margin:.2rem 0;max-width:none}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:40rem){dl>div{grid-template-columns:minmax(0,1fr)}.long{display:none}th,td{padding-right:.8rem}}
@media (prefers-reduced-motion:no-preference){a,button{transition:background-color .12s,text-decoration-thickness .12s}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#333;--line:#bbb;--wash:#fff;--link:#000;--warn:#fff}.skip,nav,form:not(.ask),form button,form .hint,#report,.no-print{display:none}form.ask{border:0;padding:0}form.ask :is(input,select){appearance:none;border:0;padding:0;min-height:0}body{font-size:10pt}.banner,main,footer{padding-inline:0}.scroll{overflow:visible}pre{max-height:none}h2,h3{break-after:avoid}:is(tr,li):not(:has(li)),dl>div{break-inside:avoid}main a[href^=http]::after{content:" <" attr(href) ">";font-size:.85em;overflow-wrap:anywhere}}
`;

/** Creates the style sheet of pages. */
export const styleSheet = (): StaticFile =>
  staticFile('text/css; charset=utf-8', new Map([['identity', Buffer.from(STYLE)]]));
