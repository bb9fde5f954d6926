import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import {
  readSettings,
  settings,
  watchSettings,
  writeSetting,
  type SettingName,
  type SettingValue,
  type SettingValues,
} from '../settings/settings.ts'

const names = Object.keys(settings) as SettingName[]

function defaults(): SettingValues {
  return Object.fromEntries(names.map((name) => [name, settings[name].default])) as SettingValues
}

/** The extension's settings, as stored and as changed on other pages meanwhile. */
export const useSettingsStore = defineStore('settings', () => {
  const values = reactive(defaults())
  const isLoaded = ref(false)

  /** Reads the settings and follows them until `signal` aborts. */
  async function load(signal: AbortSignal): Promise<void> {
    watchSettings((changed) => void Object.assign(values, changed), signal)
    Object.assign(values, await readSettings())
    isLoaded.value = true
  }

  /** Stores one setting; the value shown is what was stored, brought into bounds. */
  async function change<Name extends SettingName>(name: Name, value: SettingValue<Name>): Promise<void> {
    await writeSetting(name, value)
    Object.assign(values, await readSettings())
  }

  return { values, isLoaded, load, change }
})
