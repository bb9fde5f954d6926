/** Chinese prose for generated threads: plausible campus talk, the same for the same seed. */

/** A deterministic source of numbers in [0, 1); `pick` takes from a list, `between` gives an integer of a closed range. */
export interface Dice {
  roll: () => number
  pick: <T>(list: readonly T[]) => T
  between: (low: number, high: number) => number
}

/** Dice that fall the same way for the same seed (a 32-bit linear congruential generator, upper bits used). */
export function makeDice(seed: number): Dice {
  let state = (seed * 2_654_435_761) >>> 0
  const roll = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) / 0x1000000
  }
  return {
    roll,
    pick: (list) => list[Math.floor(roll() * list.length)]!,
    between: (low, high) => low + Math.floor(roll() * (high - low + 1)),
  }
}

const SUBJECTS = [
  '图书馆',
  '未名湖',
  '二教',
  '学一食堂',
  '勺园',
  '五四操场',
  '理科楼',
  '燕南园',
  '百讲',
  '静园草坪',
  '农园',
  '宿舍楼',
]
const TIMES = [
  '昨天晚上',
  '上周三',
  '今天早上',
  '期中之后',
  '开学那几天',
  '去年这个时候',
  '刚才',
  '下雪那天',
  '毕业前',
  '周末',
]
const ACTIONS = [
  '又排了很长的队',
  '终于等到一个靠窗的座位',
  '听了一场讲座，散场时大家还不肯走',
  '和室友聊到熄灯',
  '把那本借了三次的书看完了',
  '遇到一只不怕人的猫',
  '改完了最后一版论文',
  '才知道原来要提前预约',
  '跑了五公里，风很大',
  '看见有人在拍毕业照',
]
const THOUGHTS = [
  '说实话比想象中好一些',
  '我觉得这件事没有大家说的那么绝对',
  '如果早点公布安排，很多误会其实可以避免',
  '希望后来的同学少走一点弯路',
  '有没有了解情况的同学来说说',
  '数据和结论之间还差一步论证',
  '楼上的意见我同意一半',
  '这里面的取舍值得慢慢讲清楚',
  '先把事实列出来，再谈态度',
  '欢迎补充，也欢迎指正',
]
const CONNECTIVES = ['不过', '另外', '其实', '后来', '所以', '总的来说', '换个角度看', '仔细想想']
const SHORT = [
  '顶一下',
  '同问',
  'mark，回头细看',
  '谢谢楼主分享',
  '哈哈哈哈哈',
  '赞同',
  '写得真好，看完了',
  '蹲一个后续',
  're',
  '学到了',
]

/** A one-line reply. */
export function shortReply(dice: Dice): string {
  return dice.pick(SHORT) + dice.pick(['', '。', '！', '～', ' +1', ' 233'])
}

/** A paragraph of about `sentences` sentences (some 20 to 40 characters each), indented as the old-timers do. */
export function paragraph(dice: Dice, sentences: number): string {
  let text = '　　'
  for (let count = 0; count < sentences; count++) text += sentence(dice)
  return text
}

function sentence(dice: Dice): string {
  const opening = `${dice.pick(TIMES)}在${dice.pick(SUBJECTS)}${dice.pick(ACTIONS)}`
  const closing = `${dice.pick(CONNECTIVES)}${dice.pick(THOUGHTS)}`
  const aside =
    dice.roll() < 0.12 ? `（参考 version ${dice.between(1, 9)}.${dice.between(0, 9)} 的 release notes）` : ''
  return `${opening}，${closing}${aside}${dice.pick(['。', '。', '。', '！', '？'])}`
}

/** A thread's title. */
export function threadTitle(dice: Dice): string {
  const subject = dice.pick(SUBJECTS)
  return dice.pick([
    `关于${subject}的一些观察和建议`,
    `${subject}一年间：一个普通学生的流水账`,
    `[讨论] ${subject}到底应该怎么安排`,
    `写给刚来的同学：${subject}使用指南`,
  ])
}
