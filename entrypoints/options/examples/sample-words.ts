/** The words of the sample thread, in the languages of the extension. */
export interface SampleWords {
  title: string
  authors: { starter: string; second: string; third: string }
  opening: string
  second: string
  /** Before and behind a wrapped link, and the words of one with tracking parameters. */
  links: readonly [string, string, string]
  thanks: string
  third: string
  last: string
  /** Above a quote of several lines, which are the first sentences. */
  answer: string
  /** The sections of the long post, and what their text is made of. */
  headings: readonly string[]
  sentences: readonly string[]
}

const zh: SampleWords = {
  title: '怎样读完一个很长的帖子',
  authors: { starter: '楼下的猫', second: '灯塔', third: '早起的人' },
  opening: '有些帖子好几百楼，最有意思的话往往在中间。大家都是怎么读的？',
  second: '我先只看楼主，再回头看别人的回复。',
  links: ['以前有人整理过：', '，还有一篇', '讲做笔记的'],
  thanks: '谢谢，这一篇正是我要找的。',
  third: '我用手机读，读到一半常常忘了读到哪里。',
  last: '刚刚又翻了一遍，每次都有新发现。',
  answer: '说得好，我也是这样读的。',
  headings: ['为什么长', '先看什么', '怎样做记号', '怎样接着读', '怎样找回来', '怎样做笔记', '怎样讨论', '小结'],
  sentences: [
    '长帖之所以长，多半是因为有人肯把一件事从头讲起，讲到中间又有人补上自己的经历。',
    '读的人不必一口气读完，先看看有多长、要多久，再决定现在读还是晚上读。',
    '楼主的话是主干，别人的话是枝叶，主干清楚了，枝叶才不会把人绕进去。',
    '遇到看不懂的地方，不妨先放一放，后面常常有人问出同样的问题。',
    '有的楼只有一句话，却改变了后面几十楼的方向，值得停下来再看一眼。',
    '隔了几天再回来，最要紧的是知道上次停在哪里、又多了些什么。',
    '好的讨论像一条河，有急有缓，读的人也可以有快有慢。',
    '把读过的话用自己的话再说一遍，比收藏一百个帖子更有用。',
  ],
}

const en: SampleWords = {
  title: 'How to read a very long thread',
  authors: { starter: 'downstairs_cat', second: 'lighthouse', third: 'early_bird' },
  opening: 'Some threads have hundreds of posts, and the best of them stand in the middle. How do you read those?',
  second: 'First only the one who started it, then back to what the others answered.',
  links: ['Somebody once made a list: ', ', and there is a piece ', 'about taking notes'],
  thanks: 'Thank you, that is just what I was looking for.',
  third: 'I read on my phone, and half way through I tend to lose my place.',
  last: 'I have just gone through it once more, and found something new again.',
  answer: 'Well said, that is how I read them too.',
  headings: [
    'Why they are long',
    'What to look at first',
    'How to mark a place',
    'How to go on',
    'How to find it again',
    'How to take notes',
    'How to discuss',
    'In short',
  ],
  sentences: [
    'A thread grows long because somebody cares to tell a thing from its beginning, and others add what happened to them.',
    'Nobody has to read it in one go: see first how long it is and how long it takes, then decide whether now is the time.',
    'The words of the one who began are the trunk, those of the others are branches, and with the trunk in view one does not get lost.',
    'What cannot be understood at once may be left for later, since somebody often asks the same question further down.',
    'Some posts are a single line and turn the next fifty, so it pays to stop and look at them twice.',
    'Coming back after some days, one wants to know above all where one stopped and what has been added since.',
    'A good discussion is like a river, quick here and slow there, and so may the reading be.',
    'To say again in words of your own what you have read is worth more than a hundred bookmarks.',
  ],
}

/** The sample's words in the language of a tag such as `zh-CN`; English where there are no others. */
export function sampleWords(locale: string): SampleWords {
  return /^zh\b/i.test(locale) ? zh : en
}
