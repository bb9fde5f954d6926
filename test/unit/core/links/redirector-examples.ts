/** What the cleaner has to do with a redirector's address. */
export interface RedirectorExample {
  in: string
  /** Where it leads; the same as `in` where nobody can tell. */
  out: string
  /** The warning that comes with it. */
  warning?: string
  /** Unwrapped only for readers who chose to. */
  affiliate?: true
  /** The host has to be known as a forum's. */
  forum?: true
}

const T = 'https://example.org/thread/7?page=2&order=new#post-9'
const E = encodeURIComponent(T)

/** An address that stays as it is, marked. */
const stays = (address: string): RedirectorExample => ({ in: address, out: address, warning: 'target-unknown' })
const leads = (address: string, out = T): RedirectorExample => ({ in: address, out })
const partner = (address: string, out = T): RedirectorExample => ({ in: address, out, affiliate: true })
const onForum = (address: string, out = T): RedirectorExample => ({ in: address, out, forum: true })

/** One address at least for every row of the table; a test names the rows that lack one. */
export const REDIRECTOR_EXAMPLES: readonly RedirectorExample[] = [
  // Forums
  leads(
    'https://bbs.pku.edu.cn/v2/jump-to.php?url=http%3A%2F%2Fwww.xinhuanet.com%2Fpolitics%2Fzywj%2F2020-04%2F14%2Fc_1125855165.htm',
    'http://www.xinhuanet.com/politics/zywj/2020-04/14/c_1125855165.htm',
  ),
  leads(`http://www.bdwm.net/v2/jump-to.php?url=${E}`),
  leads('https://bbs.pku.edu.cn/v2/jump-to.php?url=https://appleid.apple.com', 'https://appleid.apple.com'),
  stays('https://wpn.pku.edu.cn/https/77726476706e69737468656265737421f2f552d226/v2/post-read.php?bid=22&threadid=1'),
  stays('https://wpn.pku.edu.cn/http-8080/77726476706e69737468656265737421f2f552d226/'),
  leads(`https://www.mcbbs.net/plugin.php?id=link_redirect&target=${E}`),
  leads(
    'https://bbs.nga.cn/misc/adpage_insert_2.html?https://bbs.nga.cn/read.php?tid=1&page=2',
    'https://bbs.nga.cn/read.php?tid=1&page=2',
  ),
  leads(`https://www.nodeseek.com/jump?to=${E}`),
  leads(`https://forum.mczwlt.net/outgoing?url=${E}`),
  leads(`https://www.mczwlt.net/go-external?url=${E}`),
  leads(`https://api.himcbbs.com/refer/?url=${E}`),
  leads(`https://ask.latexstudio.net/go/index?url=${E}`),
  leads(`https://51.ruyo.net/go/index.html?u=${E}`),
  leads(`https://www.forocoches.com/link.php?url=${E}`),
  leads(`https://mcpedl.com/leaving/?url=${E}`),
  leads(`https://tieba.baidu.com/mo/q/checkurl?url=${E}`),
  stays('https://jump2.bdimg.com/safecheck/index?url=rN3wPs8te/pL4AOY0zAwhz3wi8AXlR5g'),
  onForum(`https://bbs.example.net/forum/proxy.php?link=${E}`),
  leads(`https://xenforo.example.net/community/proxy.php?link=${E}&hash=8a7b6c5d4e3f2a1b8a7b6c5d4e3f2a1b`),
  leads(`https://discuz.example.net/plugin.php?id=link_redirect&target=${E}`),
  onForum(`https://vb.example.net/forums/redirector.php?url=${E}`),
  onForum(`https://www.e39-forum.example/redir.php?url=${E}`),
  onForum(`https://nodebb.example.net/outgoing?url=${E}`),

  // Chinese sites
  leads(`https://link.zhihu.com/?utm_oi=1234&target=${E}`),
  leads('http://link.zhihu.com/?target=https%3A//greasyfork.org/zh-CN/', 'https://greasyfork.org/zh-CN/'),
  leads(`https://weibo.cn/sinaurl?f=w&u=${E}&ep=DqmWHkzof%2C2899591923`),
  leads(`https://weibo.cn/sinaurl?toasturl=${E}`),
  {
    in: 'http://weibo.cn/sinaurl?f=w&u=http%3A%2F%2Ft.cn%2F8kervWV&ep=Dq',
    out: 'http://t.cn/8kervWV',
    warning: 'target-unknown',
  },
  stays('https://t.cn/8kervWV'),
  stays('https://b23.tv/SI6OEcv'),
  stays('https://dwz.cn/abc'),
  stays('https://url.cn/5abcdef'),
  stays('https://m.tb.cn/h.abc?tk=xyz'),
  leads(`https://link.csdn.net/?from_id=1&target=${E}`),
  stays('https://link.csdn.net/?target='),
  leads(`https://link.gitcode.com/?target=${E}`),
  leads(`https://gitee.com/link?target=${E}`),
  leads(`https://leetcode.cn/link/?target=https://www.hello-algo.com`, 'https://www.hello-algo.com'),
  leads(`https://xie.infoq.cn/link?target=${E}`),
  leads(`https://hd.nowcoder.com/link.html?target=${E}`),
  leads(`https://link.juejin.im/?target=${E}`),
  leads(`https://www.jianshu.com/go-wild?ac=2&url=${E}`),
  leads(`https://link.jianshu.com?t=${E}`),
  leads(`https://links.jianshu.com/go?to=${E}`),
  leads(`https://www.douban.com/link2/?url=${E}&query=x`),
  leads(`https://www.oschina.net/action/GoToLink?url=${E}`),
  leads(`https://www.yuque.com/r/goto?url=${E}`),
  leads('https://www.coolapk.com/link?url=https%3A%2F%2Fpan.example.com%2Fb0f1', 'https://pan.example.com/b0f1'),
  leads(`https://www.chinaz.com/go.shtml?url=${E}`),
  leads(`http://www.360doc.cn/outlink.html?url=${E}`),
  leads(`https://www.baike.com/redirect_link?url=${E}`),
  leads(`https://link.logonews.cn/?url=${E}`),
  leads(`https://game.bilibili.com/linkfilter/?url=${E}`),
  leads(`https://shimo.im/outlink/gray?url=${E}`),
  leads(`https://www.kookapp.cn/go-wild.html?url=${E}`),
  leads(
    'https://ref.gamer.com.tw/redir.php?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DNP5xYlB8dyw',
    'https://www.youtube.com/watch?v=NP5xYlB8dyw',
  ),
  leads(`https://ref.gamer.com.tw/redir.php/url=${E}`),
  leads(`https://docs.qq.com/scenario/link.html?url=${E}&pid=300000000&cid=144115`),
  leads(`https://docs.qq.com/scenario/link.html?u=${E}`),
  leads('https://c.pc.qq.com/middlem.html?pfurl=www%2Eexample%2Ecom%2Fa&pfuin=1', 'http://www.example.com/a'),
  leads(`https://c.pc.qq.com/index.html?pfurl=${encodeURIComponent(E)}&gjlevel=15`),
  leads(`https://c.pc.qq.com/android.html?level=1&url=${E}`),
  stays('https://c.pc.qq.com/middleb.html?pfurl=%E9%93%BE%E6%8E%A5%E5%B7%B2%E8%A2%AB%E5%B0%81%E7%A6%81'),
  leads(`https://mail.qq.com/cgi-bin/readtemplate?t=safety&check=false&gourl=${E}&subtemplate=gray`),
  leads(`https://wx.mail.qq.com/xmspamcheck/xmsafejump?url=${E}`),
  leads(`https://txc.qq.com/products/1221/link-jump?jump=${E}`),
  leads(`https://support.qq.com/product/1221/link-jump?jump=${E}`),
  leads(
    `https://www.urlshare.cn/umirror_url_check?srv=1&url=${encodeURIComponent(`https://c.pc.qq.com/middlem.html?pfurl=${E}`)}`,
  ),
  stays('https://weixin110.qq.com/cgi-bin/mmspamsupport-bin/newredirectconfirmcgi?midpagecode=e2faa0&bancode=89d3'),
  leads(`https://developers.weixin.qq.com/community/middlepage/href?href=${E}`),
  leads(`https://open.work.weixin.qq.com/wwopen/uriconfirm?uri=${E}`),
  leads(`https://cloud.tencent.com/developer/tools/blog-entry?target=${E}&source=article`),
  leads(`https://developer.aliyun.com/redirect?target=${E}`),
  leads(`https://security.feishu.cn/link/safety?target=${E}&scene=ccm`),
  leads(`https://www.kdocs.cn/office/link?target=${E}`),
  leads(`https://www.tianyancha.com/security?target=${E}`),
  leads(`https://www.skland.com/third-link?target=${E}`),
  leads(`https://hellogithub.com/periodical/statistics/click?target=${E}`),
  leads(`https://www.qcc.com/web/transfer-link?link=${E}`),
  leads(`https://www.jobui.com/tips/redirect.php?link=${E}`),
  leads(`https://link.ld246.com/forward?goto=${E}`),
  leads(`https://link.uisdc.com/?redirect=${E}`),
  leads(
    'https://link.mcmod.cn/target/aHR0cHM6Ly9naXRodWIuY29tL3dheTJtdWNobm9pc2UvQmV0dGVyQWR2YW5jZW1lbnRz',
    'https://github.com/way2muchnoise/BetterAdvancements',
  ),
  stays('https://link.mcmod.cn/target/modrinth'),
  leads('https://blog.51cto.com/transfer?http://www.msfn.org/', 'http://www.msfn.org/'),
  leads(`https://blog.51cto.com/transfer?${E}`),
  stays('https://link.segmentfault.com/?enc=6CJ%2FzW%2BzzX0w%3D%3D.aQ%3D'),
  leads(`https://app.yinxiang.com/OutboundRedirect.action?dest=${E}`),
  stays('https://www.baidu.com/link?url=Zk2pQ3v0xJ7&wd=&eqid=8f'),
  stays('https://www.sogou.com/link?url=hedJjaC291P3yGwc7N55kLSc2ls_Ks2x'),
  leads(
    'http://www.so.com/link?url=http%3A%2F%2Fwww.r3yun.com%2F&q=R3&ts=1484181457&t=e2ad49617cd5&src=haosou',
    'http://www.r3yun.com/',
  ),
  stays('https://www.so.com/link?m=bmL3kUYyPWGFrLzWzdvA'),

  // International
  leads('https://www.pixiv.net/jump.php?https%3A%2F%2Fx.com%2FExample_Username', 'https://x.com/Example_Username'),
  leads('https://www.pixiv.net/jump.php?http%3a%2f%2fexample%2ecom%2f=', 'http://example.com/'),
  leads(`https://www.pixiv.net/jump.php?url=${E}`),
  leads(`https://www.google.com/url?sa=t&rct=j&url=${E}&usg=AOvVaw35C4`),
  leads(`https://www.google.com.hk/url?q=${E}&sa=D&source=docs`),
  leads(`https://www.google.com/url?q=pku+bbs&url=${E}`),
  leads(
    `https://www.google.de/imgres?imgurl=${encodeURIComponent('https://example.org/a.png')}&imgrefurl=${E}`,
    'https://example.org/a.png',
  ),
  leads('https://www.google.com/amp/s/nevnov.ru/amp/822193-a%2Fb?x=1', 'https://nevnov.ru/amp/822193-a%2Fb?x=1'),
  leads('https://www.google.de/amp/example.com/a', 'http://example.com/a'),
  leads(`https://www.youtube.com/redirect?event=video_description&redir_token=QUFF&q=${E}&v=NP5`),
  leads(
    `https://l.facebook.com/l.php?u=${encodeURIComponent('https://example.org/a?b=1&fbclid=IwAR0')}&h=AT0x`,
    'https://example.org/a?b=1',
  ),
  leads(`https://l.instagram.com/?u=${E}&e=ATM`),
  leads(`https://www.instagram.com/linkshim/?u=${E}`),
  leads(`https://out.reddit.com/t3_5f2s1a?url=${E}&token=AQAA&app_name=reddit.com`),
  leads(
    'https://click.redditmail.com/CL0/https:%2F%2Fwww.reddit.com%2Fr%2FCompressOrDie%2Fcomments%2F11u2vso%2F%3Fcontext=3/1/0100018516049010-d6d334e3-000000/C9SA6ev9fQNgWg8ZkRbP=293',
    'https://www.reddit.com/r/CompressOrDie/comments/11u2vso/?context=3',
  ),
  leads(`https://vk.com/away.php?to=${E}&cc_key=`),
  stays('https://t.co/AbCdEf1234'),
  stays('https://bit.ly/3abcdef'),
  stays('https://tinyurl.com/abcdef'),
  leads(`https://steamcommunity.com/linkfilter/?url=${E}`),
  leads(`https://steamcommunity.com/linkfilter/?u=${E}`),
  leads(`https://slack-redir.net/link?url=${E}`),
  leads(`https://myteam.slack.com/link?url=${E}&v=3`),
  leads(`https://duckduckgo.com/l/?uddg=${E}&rut=e3b0c44298`),
  leads(
    'https://www.bing.com/ck/a?!&&p=de70ef254652193fJmltdHM9&ptn=3&ver=2&hsh=3&fclid=038e&u=a1aHR0cHM6Ly9leGFtcGxlLm9yZy_kuK3mloc_cT0x&ntb=1',
    'https://example.org/中文?q=1',
  ),
  leads(`https://eur01.safelinks.protection.outlook.com/?url=${E}&data=05%7C01%7Cme%40example.com&sdata=x&reserved=0`),
  leads(`https://urldefense.proofpoint.com/v1/url?u=${E}&k=abc`),
  leads(
    'https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_a-5Fb_-3Fq-3D1-26r-3D2&d=DwMFAg&c=x',
    'https://www.example.org/a_b/?q=1&r=2',
  ),
  leads(
    'https://urldefense.com/v3/__https://swiggy.onelink.me/888564224/Creative1__;!!BeGeivfSdT4o5A!hsxs5FkMWacQ0$',
    'https://swiggy.onelink.me/888564224/Creative1',
  ),
  leads(
    'https://urldefense.com/v3/__https://lore.kernel.org/linux-scsi/Ykqg0kr0F*2Fyzk2XW@infradead.org/__;JQ!!ACWV5N9M2RV99hQ!MwAZ$',
    'https://lore.kernel.org/linux-scsi/Ykqg0kr0F%2Fyzk2XW@infradead.org/',
  ),
  leads(
    'https://protect.checkpoint.com/v2/___https://play.example.org/store/apps?id=com.example&hl=en___.YzJ1OndlY29tbXVu',
    'https://play.example.org/store/apps?id=com.example&hl=en',
  ),
  leads(
    'https://protect.checkpoint.com/v2/r01/___https%3A//msrc.microsoft.com/report/___.YzJ1OndlY29t',
    'https://msrc.microsoft.com/report/',
  ),
  leads(`https://www.linkedin.com/safety/go?url=${E}&trk=feed`),
  leads(`https://www.curseforge.com/linkout?remoteUrl=${encodeURIComponent(E)}`),
  leads(`https://minecraft.curseforge.com/linkout?remoteUrl=${E}`),
  leads(`https://t.umblr.com/redirect?z=${E}&t=ZDUx&b=t%3Ax`),
  leads('https://href.li/?https://example.org/?a=1&b=2', 'https://example.org/?a=1&b=2'),
  leads('http://anonym.to/?http://example.org/a', 'http://example.org/a'),
  leads(
    'https://outgoing.prod.mozaws.net/v1/110954a3f2718cf03892676379416caed51099b639f643aaf12989b7e698f073/https%3A//github.com/catppuccin/catppuccin',
    'https://github.com/catppuccin/catppuccin',
  ),
  leads(`https://getpocket.com/redirect?url=${E}`),
  leads('https://t.me/iv?url=https://example.org/?a=1&b=2&rhash=f5cf40f9bc1556', 'https://example.org/?a=1&b=2'),
  leads(`https://medium.com/r/?url=${E}`),
  leads(`https://gate.sc/?url=${E}&token=ab12`),
  leads(`https://exit.sc/?url=${E}`),
  leads(
    'https://disq.us/url?url=https%3A%2F%2Fmollyrocket.com%2F849%3AlCXtetgf9YHMt7wShspF19n5pMw&cuid=1308141',
    'https://mollyrocket.com/849',
  ),
  leads(`https://gamebanana.com/linkfilter?url=${E}`),
  leads(`https://www.googleadservices.com/pagead/aclk?sa=L&ai=CcAQc&sig=AOD64&adurl=${E}`),
  leads(`https://googleads.g.doubleclick.net/aclk?sa=l&adurl=${E}`),
  stays('https://www.googleadservices.com/pagead/aclk?sa=L&ai=CcAQc&sig=AOD64&adurl='),

  // Partner programmes
  partner(`https://go.redirectingat.com/?id=68995X1538123&xs=1&url=${E}&sref=https%3A%2F%2Fforum.example.net`),
  partner(`https://go.redirectingat.com/?${encodeURIComponent(`id=68995X1538123&xs=1&url=${E}`)}`),
  partner(`https://go.skimresources.com/?id=1&url=${E}`),
  partner(`https://redirect.viglink.com/?key=1&u=${E}`),
  partner(`https://click.linksynergy.com/deeplink?id=abc&mid=1&murl=${E}`),
  partner(`https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=${E}`),
  partner(`https://www.awin1.com/cread.php?awinmid=1&p=${E}`),
  partner(`https://www.shareasale.com/r.cfm?b=1&u=2&m=3&urllink=example%2Eorg%2Fa`, 'http://example.org/a'),
  partner(`https://www.tkqlhce.com/click-8725733-14519783?sid=x&url=${E}`),
  partner(`https://homedepot.sjv.io/c/12345/1234108/14066?u=${E}`),
  partner(`https://clk.tradedoubler.com/click?p=355835&a=3495104&g=0&url=${E}`),
]
