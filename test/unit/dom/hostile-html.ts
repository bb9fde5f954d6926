/** Markup that tries to get past a sanitiser, shared by the tests of both ways in which HTML is cleaned. */
export const HOSTILE_HTML: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<img src="https://a.example/x.png" onload="alert(1)" srcset="javascript:alert(1)">',
  '<a href="javascript:alert(1)">a</a>',
  '<a href=" \u0001java\tscript:alert(1)">a</a>',
  '<a href="JaVaScRiPt&colon;alert(1)">a</a>',
  '<a href="data:text/html,<script>alert(1)</script>">a</a>',
  '<a href="vbscript:msgbox(1)">a</a>',
  '<a href="file:///etc/passwd">a</a>',
  '<a href="blob:https://a.example/1">a</a>',
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<form action=https://evil.example><input name=password><button formaction="javascript:alert(1)">go</button></form>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<svg onload=alert(1)><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>t</text></a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<template><img src=x onerror=alert(1)></template>',
  '<select><style><img src=x onerror=alert(1)></style></select>',
  '<div style="background:url(javascript:alert(1));width:expression(alert(1));position:fixed">x</div>',
  '<div style="color:red;background-image:url(https://evil.example/track)">x</div>',
  '<font color="red;background:url(https://evil.example)">x</font>',
  '<span style="color:var(--x);--x:url(https://evil.example)">x</span>',
  '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
  '<img src="data:text/html;base64,PHNjcmlwdD4=">',
  '<div id=body name=cookie class="loulan-secret spoiler">x</div>',
  '<img name=getElementById src=https://a.example/x.png><a id=location href=https://a.example>x</a>',
  '<p onclick=alert(1) onmouseover=alert(1) tabindex=1 autofocus onfocus=alert(1)>x</p>',
  '<details open ontoggle=alert(1)><summary>s</summary>x</details>',
  '<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<a href="https://a.example" target=_self rel=opener ping=https://evil.example>x</a>',
  '<table background="javascript:alert(1)"><tr><td background=x colspan=999999999 rowspan=1e9>x</table>',
  '<x-custom is=y onclick=alert(1)>x</x-custom><button is=evil-button>x</button>',
  '<__proto__ constructor=1 __proto__=2>x</__proto__>',
  '<p __proto__=x constructor=y hasOwnProperty=z>x</p>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x "y">]>',
  '<img src="//evil.example/x.png"><a href="//evil.example">x</a>',
  '<a href="https://user:secret@a.example/">x</a>',
  '<a href="http://[::1">broken</a><a href="https://">empty</a>',
  '<p title="&quot; onclick=alert(1) x=&quot;">x</p>',
  '<pre>\n\n<b>x</b></pre>',
  '<b><i><u><s><font color=red>'.repeat(40),
  '<table>x<tr>y<td>z</table>w',
  '</div></p></body></html>after',
  '\u0000<p>\u0000</p>\ud800<b>\udfff</b>',
]

const SAFE_ATTRIBUTES = new Set(
  (
    'align alt cite class colspan datetime dir height href lang reversed rowspan scope span src start style title type ' +
    'value width'
  ).split(' '),
)
const DANGEROUS_ELEMENTS =
  'script style iframe object embed svg math form input button textarea select link meta base template noscript frame'

/**
 * Names what is wrong with cleaned markup, by rules written apart from the allow-list: an empty list for safe markup.
 * `attributes` are name and value pairs of the element.
 */
export function dangersOf(tag: string, attributes: Iterable<readonly [string, string]>): string[] {
  const dangers: string[] = []
  if (DANGEROUS_ELEMENTS.split(' ').includes(tag) || tag.includes('-') || tag.includes('_')) dangers.push(`<${tag}>`)
  for (const [name, value] of attributes) {
    const isAddress = name === 'href' || name === 'src' || name === 'cite'
    const isPicture =
      tag === 'img' && name === 'src' && /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=]+$/.test(value)
    if (!SAFE_ATTRIBUTES.has(name)) dangers.push(`${tag} ${name}`)
    if (isAddress && !isPicture && !/^https?:\/\/[^"<>\s]+$/.test(value)) dangers.push(`${tag} ${name}=${value}`)
    if (name === 'style' && !/^(?:[a-z-]+:#?[a-z0-9-]+(?:;|$))+$/.test(value)) dangers.push(`${tag} style=${value}`)
    if (name === 'class' && /loulan/.test(value)) dangers.push(`${tag} class=${value}`)
  }
  return dangers
}
