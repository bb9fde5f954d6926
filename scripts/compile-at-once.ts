import type { Plugin } from 'vite'

/**
 * Tells Chromium to compile a script whole as it reads it (explicit compile hints, Chromium 136 and later; to others it is
 * a comment). A script of which nearly everything runs at once on every thread page would else be read twice, once to find
 * the ends of its functions: browsers keep no compiled code of content scripts.
 */
export function compileAtOnce(): Plugin {
  return {
    name: 'loulan:compile-at-once',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
      }
    },
  }
}
