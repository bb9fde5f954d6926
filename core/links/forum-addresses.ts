import { nameOfPiece } from './address.ts'
import type { Address } from './address.ts'

/** A kind of page of which every parameter with a meaning is known: all others can go. */
interface KnownPage {
  /** Exact hosts; absent where the shape of the address is telling enough on any host. */
  hosts?: readonly string[]
  path: RegExp
  /** Names that the query must hold, or `name=value`, for the address to be of this kind. */
  needs?: readonly string[]
  keeps: readonly string[]
}

const PKU_HOSTS = ['bbs.pku.edu.cn', 'www.bdwm.net', 'bdwm.net']

const KNOWN_PAGES: readonly KnownPage[] = [
  { hosts: PKU_HOSTS, path: /^\/v2\/(?:mobile\/)?post-read\.php$/, keeps: ['bid', 'threadid', 'page', 'postid'] },
  { hosts: PKU_HOSTS, path: /^\/v2\/(?:mobile\/)?post-read-single\.php$/, keeps: ['bid', 'postid', 'type'] },
  // `pid` and `cid` name the floor that a link points to.
  { hosts: ['tieba.baidu.com'], path: /^\/p\/\d+$/, keeps: ['pn', 'see_lz', 'pid', 'cid'] },
  {
    // The last three are of articles from before 2013 and of drafts, which open no other way.
    hosts: ['mp.weixin.qq.com'],
    path: /^\/s(?:\/|$)/,
    keeps: ['__biz', 'mid', 'idx', 'sn', 'appmsgid', 'itemidx', 'sign', 'tempkey'],
  },
  {
    // Discuz: `authorid` shows one author only, `ordertype` turns the order (and with it what a page holds) around.
    path: /\/forum\.php$/,
    needs: ['mod=viewthread', 'tid'],
    keeps: ['mod', 'tid', 'page', 'authorid', 'ordertype', 'viewpid'],
  },
  { path: /\/viewthread\.php$/, needs: ['tid'], keeps: ['tid', 'page', 'authorid', 'ordertype', 'viewpid'] },
]

/** The names that carry meaning on a page of a known forum; undefined where the page is not known. */
export function findKeptParameters(address: Address, pieces: readonly string[]): readonly string[] | undefined {
  return KNOWN_PAGES.find(
    ({ hosts, path, needs }) =>
      (hosts === undefined || (address.hasUsualPort && hosts.includes(address.host))) &&
      path.test(address.path) &&
      (needs ?? []).every((need) => pieces.some((piece) => (need.includes('=') ? piece : nameOfPiece(piece)) === need)),
  )?.keeps
}

/**
 * The address of one post of PKU BBS that survives page shifts: the site looks up which page the post is on now.
 *
 * @param host a mirror's host, where the link should stay on it
 */
export function pkuPostPermalink(bid: string, threadid: string, postid: string, host = PKU_HOSTS[0]!): string {
  const [board, thread, post] = [bid, threadid, postid].map(encodeURIComponent)
  return `https://${host}/v2/post-read.php?bid=${board}&threadid=${thread}&page=a&postid=${post}#${post}`
}
