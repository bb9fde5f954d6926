import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { AidDeclaration } from '../settings/aid-settings.ts'
import {
  forgetAid,
  forgetSettings,
  putBack,
  readAllWishes,
  writeAllWishes,
  type FormerEntries,
} from '../settings/all-wishes.ts'
import {
  formatSettingsFile,
  judgeSettingsFile,
  type FieldJudges,
  type JudgedSettings,
  type SettingsFileProblem,
} from '../settings/settings-file.ts'

/** All settings as one file, out and in, and taking back what was reset or imported last. */
export const useSettingsTransferStore = defineStore('settings-transfer', () => {
  /** What the chosen file asks for, while the reader has not said yes or no. */
  const judged = shallowRef<JudgedSettings>()
  const problem = shallowRef<SettingsFileProblem | 'too-large'>()
  /** What was there before the last reset or import; undefined when there is nothing to take back. */
  const former = shallowRef<FormerEntries>()

  /** The text of a file with all that is wished now. */
  async function write(aids: readonly AidDeclaration[]): Promise<string> {
    return formatSettingsFile(await readAllWishes(aids), new Date().toISOString())
  }

  /** Judges a file; nothing is changed yet. */
  async function judge(text: string, judges: FieldJudges): Promise<void> {
    const judgement = judgeSettingsFile(text, await readAllWishes(judges.aids), judges)
    const isGood = 'wishes' in judgement
    judged.value = isGood ? judgement : undefined
    problem.value = isGood ? undefined : judgement.problem
  }

  /** Takes over what was judged. Rejects when it cannot be stored; nothing has changed then. */
  async function accept(): Promise<void> {
    if (!judged.value) return
    former.value = await writeAllWishes(judged.value.wishes)
    judged.value = undefined
  }

  /** Lets go of the chosen file. */
  function dismiss(): void {
    judged.value = problem.value = undefined
  }

  function refuseSize(): void {
    judged.value = undefined
    problem.value = 'too-large'
  }

  async function resetAid(id: string): Promise<void> {
    former.value = await forgetAid(id)
  }

  async function resetAll(): Promise<void> {
    former.value = await forgetSettings()
  }

  /** Takes the last reset or import back. */
  async function undo(): Promise<void> {
    if (!former.value) return
    await putBack(former.value)
    former.value = undefined
  }

  return { judged, problem, former, write, judge, accept, dismiss, refuseSize, resetAid, resetAll, undo }
})
