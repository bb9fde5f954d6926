/** Times told by their distance from the moment of reading: «3 小时前», «2 hours ago», «vor 5 Minuten». */

const SECOND = 1
const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** Seconds of each unit, by the stems of its words. */
const UNITS: readonly (readonly [seconds: number, stems: string])[] = [
  [30.44 * DAY, 'month monat mes meses mois mesi mese maand месяц mies 个月 個月 개월 ヶ月 か月 カ月'],
  [HOUR, 'hour hr stunde std hora heure ora ore uur uren час godz saat timm time 小时 小時 时 時間 時 시간'],
  [MINUTE, 'minut min мин хвил dakika dk 分钟 分鐘 分 분'],
  [SECOND, 'sec sek seg сек saniye 秒钟 秒鐘 秒 초'],
  [7 * DAY, 'week woche semana semaine settiman weken недел tydz tyg hafta 星期 周 週 주'],
  [DAY, 'day tag dia jour giorn dag день дня дней dni dzien gun 天 日 일'],
  [365.25 * DAY, 'year jahr ano an anno anni jaar год лет rok lat yil 年 년'],
]

/** Units shortened to a letter or two, which must stand alone: `2h ago`. */
const LETTERS: Readonly<Record<string, number>> = {
  __proto__: null as never,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
  mo: 30.44 * DAY,
  y: 365.25 * DAY,
}

const unitStems = UNITS.flatMap(([seconds, stems]) => stems.split(' ').map((stem) => [stem, seconds] as const))

/** What says that a span lies in the past. */
const AGO =
  /前|전(?!\p{L})|(?<!\p{L})(?:ago|vor|hace|il y a|fa|ha|atras|geleden|назад|тому|temu|sedan|siden|once)(?!\p{L})/u

const JUST_NOW =
  /刚刚|刚才|剛剛|たった今|방금|(?<!\p{L})(?:just now|moments? ago|a few (?:moments|seconds)|less than a minute|gerade eben|a l'instant|только что)/u

/** A number, in digits or as a word for one, and its unit. */
const SPAN =
  /(\d{1,6}|半|几|幾|数|一|两|(?<!\p{L})(?:an?|one|eine?|eine[mnr]|une?|una|uno|uma?|een|один|одну)(?= ))\s?个?半?\s?(\p{Script=Han}{1,3}|[\u3041-\u30ff\p{Script=Han}]{1,3}|[\uac00-\ud7af]{1,2}|\p{L}{1,12})/gu

/**
 * Seconds between a time told as a span («1 小时 54 分钟前») and the moment of reading. Undefined where the text, in the
 * form of `plainWords`, tells no such span.
 */
export function parseAgo(text: string): number | undefined {
  if (JUST_NOW.test(text)) return 0
  if (!AGO.test(text)) return undefined
  let total: number | undefined
  for (const [, count = '', word = ''] of text.matchAll(SPAN)) {
    const unit = LETTERS[word] ?? unitStems.find(([stem]) => word.startsWith(stem))?.[1]
    if (unit !== undefined) total = (total ?? 0) + countOf(count) * unit
  }
  return total
}

function countOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  if (text === '半') return 0.5
  if (text === '两') return 2
  return text === '几' || text === '幾' || text === '数' ? 3 : 1
}
