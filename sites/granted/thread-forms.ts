/**
 * How thread pages of each engine are told from all others before any engine's code is loaded: for the browser, which puts
 * the engines' script into pages of these addresses by itself, and for the sentinel on granted sites, which has it as one
 * expression (`thread-address.ts`). A page may be taken for a thread that is none (the engine then says no), never the other
 * way round: a test holds it against every engine's own addresses and pages.
 */
export interface ThreadForm {
  /** Path and query of thread pages, as in a match pattern: `*` is anything. One that has a `#` is for the sentinel alone. */
  addresses: readonly string[]
  /** Those among them that are none. */
  not?: readonly string[]
  /** Set where forums rewrite addresses as they like: any that has a number may be a thread's. */
  rewritten?: {
    /** What is common, for forums that are known to be of the engine; on others it would mean anything. */
    addresses: readonly string[]
    /** Present on every thread page, as a live page's `querySelector` has it. */
    shows: string
  }
}

const VBULLETIN = {
  addresses: ['/*showthread*', '/*showpost.php*', '/threads/*', '/*/threads/*'],
  not: ['/*threads/'],
}
const VBULLETIN_REWRITTEN = ['/*/*-*.html*', '/*/*-*/page*']
const XENFORO = { addresses: ['/threads/*', '/*/threads/*', '/*?threads/*'], not: ['/*threads/'] }

/** By the id of the site's file. */
export const threadForms: Readonly<Record<string, ThreadForm>> = {
  'pku-bbs': { addresses: ['/*post-read*'] },
  discuz: {
    addresses: ['/*thread-*', '/*mod=viewthread*', '/*viewthread.php*', '/*goto=findpost*'],
    // A list of PHPWind's.
    not: ['/*thread-htm-*'],
    rewritten: { addresses: [], shows: '#postlist, .plc .message' },
  },
  nga: { addresses: ['/read.php?*', '/*/read.php?*'] },
  tieba: { addresses: ['/p/*'], not: ['/p/'] },
  v2ex: { addresses: ['/t/*'], not: ['/t/'] },
  newsmth: {
    addresses: ['/*article/*', '/*#!article/*'],
    not: ['/*article/*/post/*'],
  },
  phpwind: { addresses: ['/read.php?*', '/*/read.php?*', '/*read-htm-*'] },
  phpbb3: {
    addresses: ['/*viewtopic.php?*'],
    rewritten: { addresses: ['/*-t*.html*', '/*topic*.html*'], shows: '.post .content' },
  },
  vbulletin3: { ...VBULLETIN, rewritten: { addresses: VBULLETIN_REWRITTEN, shows: '[id^="post_message_"]' } },
  vbulletin4: { ...VBULLETIN, rewritten: { addresses: VBULLETIN_REWRITTEN, shows: '.postcontent' } },
  vbulletin5: {
    addresses: [],
    not: ['/*member/*'],
    rewritten: { addresses: ['/*/*-*'], shows: '.js-post__content-text' },
  },
  xenforo1: XENFORO,
  xenforo2: { ...XENFORO, rewritten: { addresses: [], shows: '.message--post' } },
  discourse: { addresses: ['/t/*', '/*/t/*'] },
  hackernews: { addresses: ['/*item?*'] },
  oldreddit: { addresses: ['/*comments/*'], not: ['/*comments/'] },
  smf2: { addresses: ['/*topic=*', '/*topic,*'], not: ['/*action=*'] },
  mybb: { addresses: ['/*showthread.php?*', '/*thread-*'] },
  stackexchange: {
    addresses: ['/questions/*', '/q/*'],
    not: ['/questions/', '/questions/tagged/*', '/questions/ask*'],
  },
  lobsters: { addresses: ['/s/*'], not: ['/s/'] },
  flarum: { addresses: ['/d/*', '/*/d/*'], not: ['/d/'] },
  nodebb: { addresses: ['/topic/*', '/*/topic/*'] },
  fluxbb: { addresses: ['/*viewtopic.php?*'] },
  invision4: {
    addresses: ['/topic/*', '/*/topic/*', '/*?topic/*'],
    not: ['/topic/'],
  },
  vanilla: { addresses: ['/discussion/*', '/*/discussion/*'] },
  lemmy: { addresses: ['/post/*'] },
}
