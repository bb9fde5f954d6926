import { threadKey, type Thread } from '../../core/thread.ts'

/** A thread of plain Chinese posts of about 120 characters, for measuring; the same each time. */
export function makeThread(posts: number): Thread {
  const id = String(900_000 + posts)
  const words = '未名湖畔的风吹过博雅塔，早课的铃声响了又停，图书馆里灯还亮着。'
  return {
    key: threadKey({ site: 'pku-bbs', host: 'bbs.pku.edu.cn', board: '22', id }),
    site: 'pku-bbs',
    id,
    url: `https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=${id}`,
    title: `一个有 ${posts} 楼的长帖`,
    board: { id: '22' },
    author: { username: 'starter' },
    createdAt: '2024-01-01T00:00:00+08:00',
    posts: Array.from({ length: posts }, (_, index) => ({
      id: String(30_000_000 + index),
      author: { username: index % 5 ? `user${index % 50}` : 'starter' },
      postedAt: `2024-01-0${1 + (index % 9)}T${String(index % 24).padStart(2, '0')}:00:00+08:00`,
      html: '',
      text: `第 ${index + 1} 楼。${words.repeat(1 + (index % 6))}`,
      quotes: [],
      attachments: [],
    })),
  }
}
