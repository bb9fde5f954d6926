/** `thread-forms.ts` in the form that costs a page least. */

/** An address that is a thread's by its form, from its path on. */
export const THREAD_ADDRESS =
  /post-read|thread-|mod=viewthread|viewthread\.php|goto=findpost|^\/read\.php\?|\/read\.php\?|^\/p\/|^\/t\/|article\/|#!article\/|read-htm-|viewtopic\.php\?|showthread|showpost\.php|^\/threads\/|\/threads\/|\?threads\/|\/t\/|item\?|comments\/|topic=|topic,|showthread\.php\?|^\/questions\/|^\/q\/|^\/s\/|^\/d\/|\/d\/|^\/topic\/|\/topic\/|\?topic\/|^\/discussion\/|\/discussion\/|^\/post\//

/** An address of that form that is none. */
export const OTHER_ADDRESS = /thread-htm-|article\/.*\/post\/|member\/|action=|^\/questions\/tagged\/|^\/questions\/ask/

/** Present on a thread of a forum that rewrites its addresses as it likes. */
export const REWRITTEN_SHOWS =
  '#postlist, .plc .message, .post .content, [id^="post_message_"], .postcontent, .js-post__content-text, .message--post'
