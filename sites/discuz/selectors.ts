/** A post of versions 6 and 7. */
export const BEFORE_X = '.viewthread > table[id^="pid"]'

/** A post on desktop pages, in the touch template, and before X. */
export const POST = `#postlist > div[id^="post_"], .plc[id^="pid"], ${BEFORE_X}`

/** Quotes, edit notes, letters against copying, notices about what is hidden, controls over pictures. */
export const NOT_OWN =
  '.quote, .pstatus, .jammer, .locked, .attach_nopermission, .aimg_tip, .tip, .sign, .blockcode > em, .blockcode > h5, ' +
  '[style*="display:none"], [style*="display: none"]'
