/** What engines write behind a quoted name, in the languages that their boards are met in. */
const VERBS =
  'wrote|writes|said|says|posted|hat geschrieben|schrieb|a écrit|a dit|escribió|dijo|ha scritto|ha detto|escreveu|disse|' +
  'schreef|skrev|kirjoitti|írta|napsal|napísal|a scris|yazdı|' +
  'писал(?:а|\\(а\\))?|написал(?:а|\\(а\\))?|пишет|сказал(?:а|\\(а\\))?|писав(?:\\(ла\\))?|' +
  'napisał(?:a|\\(a\\)|/a)?|pisze|さんが書きました|さんの発言|写道|寫道|写|寫|提到|说道|说|說|썼습니다'

const ENDING = new RegExp(`(?:^| |(?<=[^\\p{Script=Latin}\\p{Script=Cyrillic}]))(?:${VERBS})$`, 'iu')

/**
 * The name in the line above a quote: `NAME wrote: ↑ DATE`, `(DATE)NAME wrote:`. A verb that is not known here is taken
 * for one word, as a line that ends in a colon has one.
 */
export function quotedName(head: string): string {
  const [line = ''] = head.slice(0, 200).split('↑')
  const told = line.trim().replace(/^\([^)]{0,60}\d[^)]{0,60}\)\s*/, '')
  const bare = told.replace(/\s*[:：]$/, '')
  const name = bare.replace(ENDING, '').trim()
  if (name !== bare) return name || bare
  return told === bare ? bare : bare.replace(/ \S{1,20}$/, '')
}
