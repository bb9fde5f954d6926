/**
 * The words of dates in the languages that forums are met in, as stems: a word that begins with the stem is meant, in
 * whatever case or plural. Compared after {@link plainWords}, so that neither accents nor letter case matter (й is и there).
 */

/** Lower case, no accents on Latin and Cyrillic letters, ASCII digits, plain spaces; East Asian letters stay whole. */
export function plainWords(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[\s\u200b\u200e\u200f]+/g, ' ')
    .trim()
}

/** Longest text looked into; a page's time with the words around it stays far below. */
const MAX_LENGTH = 160

/** Stems of the months' names, January first; where languages share letters, they agree on the month. */
const MONTHS: readonly string[] = [
  'jan ene gen янв січ sty oca ock',
  'feb fev фев лют lut sub',
  'mar maa mrt мар бер',
  'apr avr abr апр кві kwi nis',
  'may mai mei maj mag маи мая тра',
  'jun juin giu июн чер cze haz',
  'jul juil lug июл lip tem',
  'aug aou ago авг сер sie',
  'sep set сен вер wrz eyl',
  'oct okt ott out окт жов paz eki',
  'nov ноя лис lis kas',
  'dec dez dic дек гру gru ara',
]

const monthStems = MONTHS.flatMap((stems, index) => stems.split(' ').map((stem) => [stem, index + 1] as const))

/** Month 1 to 12 that a word names, whole or shortened to at least three letters. */
export function findMonth(word: string): number | undefined {
  return monthStems.find(([stem]) => word.startsWith(stem))?.[1]
}

/** Days of the week, Sunday first. */
const WEEKDAYS: readonly string[] = [
  'sunday sonntag domingo dimanche domenica zondag воскресен niedziel 星期日 星期天 周日 日曜 일요일',
  'monday montag lunes lundi lunedi segunda maandag понедельник poniedzial 星期一 周一 月曜 월요일',
  'tuesday dienstag martes mardi martedi terca dinsdag вторник wtorek 星期二 周二 火曜 화요일',
  'wednesday mittwoch miercoles mercredi mercoledi quarta woensdag сред srod 星期三 周三 水曜 수요일',
  'thursday donnerstag jueves jeudi giovedi quinta donderdag четверг czwartek 星期四 周四 木曜 목요일',
  'friday freitag viernes vendredi venerdi sexta vrijdag пятниц piatek 星期五 周五 金曜 금요일',
  'saturday samstag sabado samedi sabato zaterdag суббот sobot 星期六 周六 土曜 토요일',
]

const weekdayStems = WEEKDAYS.flatMap((stems, index) => stems.split(' ').map((stem) => [stem, index] as const))

/** Day of the week that a word names in full, 0 for Sunday. */
export function findWeekday(word: string): number | undefined {
  return weekdayStems.find(([stem]) => word.startsWith(stem))?.[1]
}

/** Words for a day by its distance from today; the longer words first, for they hold the shorter. */
const DAYS: readonly (readonly [daysAgo: number, words: string])[] = [
  [
    2,
    '前天 一昨日 おととい 그저께 vorgestern anteayer anteontem avant-hier avantieri eergisteren позавчера przedwczoraj',
  ],
  [1, '昨天 昨日 昨晚 어제 yesterday gestern ayer hier ieri ontem gisteren вчера вчора wczoraj igar dun'],
  [
    0,
    "今天 今日 今晚 오늘 today heute hoy aujourd'hui aujourd’hui oggi hoje vandaag сегодня сьогодні dzisiaj dzis idag bugun",
  ],
]

/** How many days ago the day is that the text names: 0 for today, 1 for yesterday, 2 for the day before. */
export function findDaysAgo(text: string): number | undefined {
  for (const [daysAgo, words] of DAYS) {
    for (const word of words.split(' ')) {
      const at = text.indexOf(word)
      if (at >= 0 && (isEastAsian(word) || isWholeWord(text, at, word.length))) return daysAgo
    }
  }
  return undefined
}

function isWholeWord(text: string, at: number, length: number): boolean {
  return !/\p{L}/u.test(text.charAt(at - 1)) && !/\p{L}/u.test(text.charAt(at + length))
}

function isEastAsian(word: string): boolean {
  return /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(word)
}
