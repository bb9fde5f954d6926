import type { Scope } from '../../dom/query.ts'

/** What an NGA page tells in its scripts: names, exact times and votes are filled in from there. */
export interface ScriptFacts {
  threadId?: string
  boardId?: string
  page?: number
  pageCount?: number
  /** By user id; anonymous authors have negative ids that mean nothing on another page. */
  names: ReadonlyMap<string, string>
  /** By absolute floor, from 0. */
  posts: ReadonlyMap<string, { pid: string; uid: string; seconds: number; up: number; down: number }>
}

/** Longest list of users looked into, in characters; a page of 20 floors needs some 20,000. */
const MAX_USERS = 1_000_000

/** Reads the scripts' text without running any of it. */
export function readScripts(page: Scope): ScriptFacts {
  const code = page
    .all('script')
    .map((script) => script.children.map((child) => (child.type === 'text' ? child.value : '')).join(''))
    .filter((text) => /__CURRENT|__PAGE|commonui/.test(text))
    .join('\n')
  const threadId = /__CURRENT_TID\s?=\s?(?:parseInt\(')?(\d{1,12})/.exec(code)?.[1]
  const boardId = /__CURRENT_FID\s?=\s?(?:parseInt\(')?(-?\d{1,12})/.exec(code)?.[1]
  const paging = /__PAGE\s?=\s?\{0:'[^'\n]{0,300}',1:(\d{1,6}),2:(\d{1,6}),3:\d{1,4}/.exec(code)
  return {
    ...(threadId !== undefined && { threadId }),
    ...(boardId !== undefined && { boardId }),
    ...(paging && { pageCount: Number(paging[1]), page: Number(paging[2]) }),
    names: readNames(code),
    posts: readCalls(code),
  }
}

function readNames(code: string): Map<string, string> {
  const names = new Map<string, string>()
  for (const [user, fields] of Object.entries(readObject(code, 'commonui.userInfo.setAll('))) {
    if (typeof fields !== 'object' || fields === null || !Object.hasOwn(fields, 'username')) continue
    const { username } = fields as { username: unknown }
    if (typeof username === 'string') names.set(user, username)
  }
  return names
}

/** The object that a call is given, as JSON; empty where it is none. */
function readObject(code: string, call: string): object {
  const at = code.indexOf(call)
  if (at < 0) return {}
  const text = objectAt(code, at + call.length)
  try {
    // Names may hold control characters as they are, which JSON does not allow.
    const value: unknown = JSON.parse(text.replace(/\p{Cc}/gu, ' '))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** From a brace to the one that closes it, strings apart. */
function objectAt(code: string, start: number): string {
  let depth = 0
  let isString = false
  const end = Math.min(code.length, start + MAX_USERS)
  for (let at = start; at < end; at++) {
    const character = code[at]
    if (isString) {
      if (character === '\\') at++
      else if (character === '"') isString = false
    } else if (character === '"') isString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth <= 0) return code.slice(start, at + 1)
  }
  return ''
}

/** `proc(FLOOR, …, PID, TYPE, null, 'UID', SECONDS, 'X,UP,DOWN', …)`; comments have a floor in quotes and are no posts. */
function readCalls(code: string): ScriptFacts['posts'] {
  const posts = new Map<string, { pid: string; uid: string; seconds: number; up: number; down: number }>()
  const [, ...calls] = code.split('commonui.postArg.proc(')
  for (const call of calls) {
    const floor = /^\s{0,9}(\d{1,7})\s?,/.exec(call)?.[1]
    const match =
      /(\d{1,18})\s?,\s?-?\d{1,9}\s?,\s?null\s?,\s?'(-?\d{1,18})'\s?,\s?(\d{9,10})\s?,\s?'-?\d{1,9},(-?\d{1,9}),(-?\d{1,9})'/.exec(
        call.slice(0, 1200).replace(/\s+/g, ' '),
      )
    if (floor === undefined || !match) continue
    const [, pid, uid, seconds, up, down] = match
    posts.set(floor, { pid: pid!, uid: uid!, seconds: Number(seconds), up: Number(up), down: Number(down) })
  }
  return posts
}
