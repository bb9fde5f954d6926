/** A post on desktop pages, and in the touch template. */
export const POST = '#postlist > div[id^="post_"], .plc[id^="pid"]'

/** Quotes, edit notes, letters against copying, notices about what is hidden, controls over pictures. */
export const NOT_OWN =
  '.quote, .pstatus, .jammer, .locked, .attach_nopermission, .aimg_tip, .tip, .sign, .blockcode > em, ' +
  '[style*="display:none"], [style*="display: none"]'
