/**
 * The redirectors that forum readers meet, as data. A row is used only on its own hosts and paths: an address that
 * merely holds another one is left alone, because sign-in and payment pages hold addresses too.
 *
 * To add one: write a row here and an address of it with its target in `test/unit/core/links/redirector-examples.ts`;
 * the tests fail for a row without an example. Facts only: no rule list of others is copied.
 */
export interface Redirector {
  /** Hosts, separated by spaces: exact, or with a leading dot for the domain and all below it. */
  hosts: string
  /** Paths, separated by spaces; `*` is any text without a slash, `**` (last) the rest. Default: `/`. */
  paths?: string
  /**
   * Where the target is: names of parameters in the order of trust, `?` the whole query, `/` what `**` stands for.
   * Absent where the address does not tell: see `unknown`.
   */
  at?: string
  /** How it is written, when not percent-encoded once. */
  as?: Encoding
  /** Scheme of a target that is written without one. */
  bare?: 'http://' | 'https://'
  /** The redirector's own parameters that may follow a target which was not encoded, and end it. */
  own?: string
  /** A `name=value` that the query must hold. */
  needs?: string
  /** Unwrapped only when the reader chose so: it takes someone's commission. */
  choice?: 'affiliate'
  /** Why the target cannot be told from the address, where `at` is absent or may be. */
  unknown?: UnknownReason
}

export type Encoding =
  /** Not encoded: every escape is the target's own. */
  | 'raw'
  /** Percent-encoded once, sometimes twice. */
  | 'twice'
  /** Percent-encoded once, and sometimes the whole query again. */
  | 'query'
  /** Base64, both alphabets. */
  | 'base64'
  /** `a1` and base64. */
  | 'bing'
  /** `-XX` for `%XX` and `_` for `/`. */
  | 'proofpoint2'
  /** `URL__;CHARACTERS!!…`: each `*` in the URL is one of the base64-encoded characters, each `**X` a run of them. */
  | 'proofpoint3'
  /** `URL___.TOKEN` */
  | 'checkpoint'
  /** `:HASH` appended. */
  | 'disqus'
  /** The first path segment; tokens follow. */
  | 'segment'

export type UnknownReason =
  /** A key into the shortener's database. */
  | 'short'
  /** Encrypted with a key that the site keeps. */
  | 'encrypted'
  /** A token that only the site can read or check. */
  | 'signed'
  /** Its usual place is empty or holds no `http(s)` address. */
  | 'no-target'

const GOOGLE_OWN = 'sa usg ust ved source opi rct cd cad uact esrc sig'

export const REDIRECTORS: readonly Redirector[] = [
  // Forums
  { hosts: 'bbs.pku.edu.cn www.bdwm.net bdwm.net', paths: '/v2/jump-to.php /v2/mobile/jump-to.php', at: 'url' },
  { hosts: 'wpn.pku.edu.cn', paths: '/http/** /https/** /http-*/** /https-*/**', unknown: 'encrypted' },
  { hosts: 'www.mcbbs.net mcbbs.net', paths: '/plugin.php', at: 'target', needs: 'id=link_redirect' },
  { hosts: 'bbs.nga.cn ngabbs.com nga.178.com', paths: '/misc/adpage_insert_2.html', at: '?' },
  { hosts: 'www.nodeseek.com', paths: '/jump', at: 'to' },
  { hosts: 'forum.mczwlt.net', paths: '/outgoing', at: 'url' },
  { hosts: 'www.mczwlt.net', paths: '/go-external', at: 'url' },
  { hosts: 'api.himcbbs.com', paths: '/refer/', at: 'url' },
  { hosts: 'ask.latexstudio.net', paths: '/go/index', at: 'url' },
  { hosts: '51.ruyo.net', paths: '/go/index.html', at: 'u' },
  { hosts: 'www.forocoches.com', paths: '/link.php', at: 'url' },
  { hosts: 'mcpedl.com', paths: '/leaving', at: 'url' },
  { hosts: 'tieba.baidu.com', paths: '/mo/q/checkurl', at: 'url' },
  { hosts: 'jump.bdimg.com jump2.bdimg.com', paths: '/safecheck/index', unknown: 'encrypted' },

  // Chinese sites
  { hosts: 'link.zhihu.com', at: 'target' },
  { hosts: 'weibo.cn', paths: '/sinaurl', at: 'u toasturl' },
  { hosts: 't.cn b23.tv dwz.cn url.cn m.tb.cn', paths: '/**', unknown: 'short' },
  { hosts: 'link.csdn.net', at: 'target' },
  { hosts: 'link.gitcode.com', at: 'target' },
  {
    hosts: 'gitee.com sspai.com afdian.com afdian.net www.gcores.com leetcode.cn .infoq.cn',
    paths: '/link',
    at: 'target',
  },
  { hosts: 'hd.nowcoder.com', paths: '/link.html', at: 'target' },
  { hosts: 'link.juejin.cn link.juejin.im', at: 'target' },
  { hosts: 'www.jianshu.com', paths: '/go-wild', at: 'url' },
  { hosts: 'link.jianshu.com', at: 't' },
  { hosts: 'links.jianshu.com', paths: '/go', at: 'to' },
  { hosts: 'www.douban.com', paths: '/link2/', at: 'url' },
  { hosts: 'www.oschina.net', paths: '/action/GoToLink', at: 'url' },
  { hosts: 'www.yuque.com', paths: '/r/goto', at: 'url' },
  { hosts: 'www.coolapk.com', paths: '/link', at: 'url' },
  { hosts: 'www.chinaz.com', paths: '/go.shtml', at: 'url' },
  { hosts: 'www.360doc.cn', paths: '/outlink.html', at: 'url' },
  { hosts: 'www.baike.com', paths: '/redirect_link', at: 'url' },
  { hosts: 'link.logonews.cn', at: 'url' },
  { hosts: 'game.bilibili.com', paths: '/linkfilter/', at: 'url' },
  { hosts: 'shimo.im', paths: '/outlink/black /outlink/gray', at: 'url' },
  { hosts: 'www.kookapp.cn', paths: '/go-wild.html', at: 'url' },
  { hosts: 'ref.gamer.com.tw', paths: '/redir.php', at: 'url' },
  { hosts: 'ref.gamer.com.tw', paths: '/redir.php/url=**', at: '/' },
  { hosts: 'docs.qq.com', paths: '/scenario/link.html', at: 'url u', own: 'pid cid' },
  {
    hosts: 'c.pc.qq.com',
    paths: '/middle.html /middlem.html /middleb.html /middlect.html /index.html /ios.html /pc.html /android.html',
    at: 'pfurl url',
    as: 'twice',
    bare: 'http://',
    own: 'pfuin pfto type gjlevel gjsublevel iscontinue ADUIN ADSESSION ADTAG ADPUBNO',
  },
  { hosts: 'mail.qq.com', paths: '/cgi-bin/readtemplate', at: 'gourl' },
  { hosts: 'wx.mail.qq.com', paths: '/xmspamcheck/xmsafejump', at: 'url' },
  { hosts: 'support.qq.com txc.qq.com', paths: '/product/*/link-jump /products/*/link-jump', at: 'jump' },
  { hosts: '.urlshare.cn', paths: '/umirror_url_check', at: 'url' },
  { hosts: 'weixin110.qq.com', paths: '/cgi-bin/*/newredirectconfirmcgi', unknown: 'signed' },
  { hosts: 'developers.weixin.qq.com', paths: '/community/middlepage/href', at: 'href' },
  { hosts: 'open.work.weixin.qq.com', paths: '/wwopen/uriconfirm', at: 'uri' },
  { hosts: 'cloud.tencent.com', paths: '/developer/tools/blog-entry', at: 'target' },
  { hosts: 'developer.aliyun.com', paths: '/redirect', at: 'target' },
  { hosts: 'security.feishu.cn', paths: '/link/safety', at: 'target' },
  { hosts: 'www.kdocs.cn', paths: '/office/link /etapps/query/link', at: 'target' },
  { hosts: 'www.tianyancha.com', paths: '/security', at: 'target' },
  { hosts: 'www.skland.com', paths: '/third-link', at: 'target' },
  { hosts: 'hellogithub.com', paths: '/periodical/statistics/click', at: 'target' },
  { hosts: 'www.qcc.com', paths: '/web/transfer-link', at: 'link' },
  { hosts: 'www.jobui.com', paths: '/tips/redirect.php', at: 'link' },
  { hosts: 'link.ld246.com', paths: '/forward', at: 'goto' },
  { hosts: 'link.uisdc.com', at: 'redirect' },
  { hosts: 'link.mcmod.cn', paths: '/target/**', at: '/', as: 'base64' },
  { hosts: 'blog.51cto.com', paths: '/transfer', at: '?' },
  { hosts: 'link.segmentfault.com', unknown: 'encrypted' },
  { hosts: 'app.yinxiang.com www.evernote.com', paths: '/OutboundRedirect.action', at: 'dest' },
  { hosts: 'www.baidu.com www.sogou.com', paths: '/link', unknown: 'encrypted' },
  { hosts: 'www.so.com', paths: '/link', at: 'url', own: 'q ts t src', unknown: 'encrypted' },

  // International
  { hosts: 'www.pixiv.net', paths: '/jump.php', at: '? url' },
  { hosts: 'google.*', paths: '/url', at: 'q url', own: GOOGLE_OWN },
  { hosts: 'google.*', paths: '/imgres', at: 'imgurl' },
  { hosts: 'google.*', paths: '/amp/s/**', at: '/', as: 'raw', bare: 'https://' },
  { hosts: 'google.*', paths: '/amp/**', at: '/', as: 'raw', bare: 'http://' },
  { hosts: 'www.youtube.com youtube.com m.youtube.com', paths: '/redirect', at: 'q', own: 'event redir_token v' },
  { hosts: 'l.facebook.com lm.facebook.com l.messenger.com', paths: '/l.php', at: 'u', own: 'h' },
  { hosts: 'l.instagram.com', at: 'u', own: 'e s' },
  { hosts: 'www.instagram.com', paths: '/linkshim', at: 'u url' },
  { hosts: 'out.reddit.com', paths: '/**', at: 'url', own: 'token app_name' },
  { hosts: 'click.redditmail.com', paths: '/CL0/**', at: '/', as: 'segment' },
  { hosts: 'vk.com m.vk.com vk.ru', paths: '/away.php', at: 'to' },
  { hosts: 't.co bit.ly tinyurl.com', paths: '/**', unknown: 'short' },
  { hosts: 'steamcommunity.com', paths: '/linkfilter/', at: '? url u' },
  { hosts: 'slack-redir.net .slack.com', paths: '/link', at: 'url' },
  { hosts: 'duckduckgo.com', paths: '/l/', at: 'uddg', own: 'rut' },
  { hosts: 'www.bing.com cn.bing.com bing.com', paths: '/ck/a', at: 'u', as: 'bing', unknown: 'encrypted' },
  { hosts: '.safelinks.protection.outlook.com', paths: '/ /ap/**', at: 'url', own: 'data sdata reserved' },
  { hosts: 'urldefense.proofpoint.com', paths: '/v1/url', at: 'u' },
  { hosts: 'urldefense.proofpoint.com', paths: '/v2/url', at: 'u', as: 'proofpoint2' },
  { hosts: 'urldefense.com', paths: '/v3/__**', at: '/', as: 'proofpoint3' },
  { hosts: 'protect.checkpoint.com', paths: '/v2/___** /v2/*/___**', at: '/', as: 'checkpoint' },
  { hosts: 'www.linkedin.com', paths: '/safety/go', at: 'url' },
  { hosts: '.curseforge.com www.minecraftforum.net', paths: '/linkout', at: 'remoteUrl', as: 'twice' },
  { hosts: 't.umblr.com', paths: '/redirect', at: 'z' },
  { hosts: 'href.li anonym.to', at: '?' },
  {
    hosts: 'outgoing.prod.mozaws.net prod.outgoing.prod.webservices.mozgcp.net',
    paths: '/v1/*/**',
    at: '/',
  },
  { hosts: 'getpocket.com', paths: '/redirect', at: 'url' },
  { hosts: 't.me', paths: '/iv', at: 'url', own: 'rhash' },
  { hosts: 'medium.com', paths: '/r', at: 'url' },
  { hosts: 'gate.sc exit.sc', at: 'url' },
  { hosts: 'disq.us', paths: '/ /url', at: 'url', as: 'disqus', own: 'cuid imp' },
  { hosts: 'gamebanana.com', paths: '/linkfilter', at: 'url' },
  { hosts: '.doubleclick.net .googleadservices.com', paths: '/aclk /pagead/aclk /pcs/click', at: 'adurl' },

  // Partner programmes
  {
    hosts: '.redirectingat.com go.skimresources.com',
    at: 'url',
    as: 'query',
    own: 'xs id isjs site sref xcust xguid xuuid xtz',
    choice: 'affiliate',
  },
  { hosts: 'redirect.viglink.com', at: 'u', choice: 'affiliate' },
  { hosts: 'click.linksynergy.com', paths: '/deeplink', at: 'murl', choice: 'affiliate' },
  { hosts: '.awin1.com', paths: '/cread.php', at: 'ued p', choice: 'affiliate' },
  { hosts: '.shareasale.com', paths: '/r.cfm', at: 'urllink', bare: 'http://', choice: 'affiliate' },
  {
    hosts: '.tkqlhce.com .dpbolvw.net .jdoqocy.com .kqzyfj.com .anrdoezrs.net',
    paths: '/click-*',
    at: 'url',
    choice: 'affiliate',
  },
  { hosts: '.pxf.io .sjv.io', paths: '/**', at: 'u', choice: 'affiliate' },
  { hosts: '.tradedoubler.com', paths: '/click', at: 'url', choice: 'affiliate' },
]

/** A redirector of forum software, on whatever host runs it: matched by the last part of the path. */
export interface ForumRedirector {
  file: string
  at: string
  /** A `name=value`, or a name with any value, that the query must hold. */
  needs?: string
  /** Its parameters are unmistakable: used also where the host is not known as a forum's. */
  anywhere?: true
}

export const FORUM_REDIRECTORS: readonly ForumRedirector[] = [
  // XenForo's link proxy; `hash` signs the request for the proxy and says nothing of the target.
  { file: 'proxy.php', at: 'link', needs: 'hash', anywhere: true },
  { file: 'proxy.php', at: 'link' },
  // Discuz with the link_redirect plug-in
  { file: 'plugin.php', at: 'target', needs: 'id=link_redirect', anywhere: true },
  // vBulletin
  { file: 'redirector.php', at: 'url' },
  { file: 'redir.php', at: 'url' },
  // NodeBB
  { file: 'outgoing', at: 'url' },
]
