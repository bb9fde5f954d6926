import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import {
  parseAidSettings,
  readAidSettings,
  watchAidSettings,
  writeAidSettings,
  type AidDeclaration,
  type AidSettings,
} from '../settings/aid-settings.ts'

/** The reader's word on each aid; the aids themselves are given by the page that shows them. */
export const useAidSettingsStore = defineStore('aid-settings', () => {
  const aids = shallowRef<readonly AidDeclaration[]>([])
  const values = ref<Record<string, AidSettings>>({})

  /** Reads the settings of the given aids and follows them until `signal` aborts. */
  async function load(declared: readonly AidDeclaration[], signal: AbortSignal): Promise<void> {
    aids.value = declared
    const read = async () => {
      values.value = await readAidSettings(declared)
    }
    watchAidSettings(() => void read(), signal)
    await read()
  }

  async function setEnabled(aid: AidDeclaration, enabled: boolean): Promise<void> {
    await write(aid, { ...current(aid), enabled })
  }

  async function setOption(aid: AidDeclaration, name: string, value: boolean | number | string): Promise<void> {
    const { enabled, options } = current(aid)
    await write(aid, { enabled, options: { ...options, [name]: value } })
  }

  function current(aid: AidDeclaration): AidSettings {
    return values.value[aid.id] ?? parseAidSettings(aid, undefined)
  }

  async function write(aid: AidDeclaration, settings: AidSettings): Promise<void> {
    values.value = { ...values.value, [aid.id]: parseAidSettings(aid, settings) }
    await writeAidSettings(aid, settings)
  }

  return { aids, values, load, setEnabled, setOption, current }
})
