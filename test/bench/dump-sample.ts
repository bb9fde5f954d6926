const PARAGRAPH =
  '　　近日，相关部门就此事作出回应，称将认真研究大家的意见和建议，尽快给出答复。Thanks for reading & replying!\n'

/** So many posts of a dump, about 700 bytes each, with ids from `firstId`: Chinese text, a link in each tenth, quotes. */
export function samplePosts(firstId: number, count: number): string {
  let text = ''
  for (let id = firstId; id < firstId + count; id++) {
    const second = String(id % 60).padStart(2, '0')
    text += `#p ${id} user${id % 97} 昵称${id % 89} 2020-04-14 22:27:${second}\n`
    text += PARAGRAPH.repeat(1 + (id % 5))
    if (id % 10 === 0) text += '[http://www.example.org/a](jump-to.php?url=http%3A%2F%2Fwww.example.org%2Fa)\n'
    if (id % 3 === 0) text += `#quote user${(id + 1) % 97}\n${PARAGRAPH}`
    text += '\n'
  }
  return text
}

/** A dump of about so many bytes of UTF-8: threads of 200 posts. */
export function sampleDump(bytes: number): string {
  const parts: string[] = []
  for (let thread = 1, size = 0; size < bytes; thread++) {
    const header = `#t 22 ${thread} user1 2020-04-14 00:22:00 user2 2020-04-16 06:06:00\n第 ${thread} 帖\n\n`
    const part = header + samplePosts(thread * 1000, 200)
    size += Buffer.byteLength(part)
    parts.push(part)
  }
  return parts.join('')
}
