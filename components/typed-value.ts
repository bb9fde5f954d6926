import type { Directive } from 'vue'

/**
 * `v-typed-value` shows a value in a field that is typed into, and leaves alone what is being typed. Vue sets `:value` each
 * time a component is drawn, also for another reason, and what was not told yet would be gone: half a name, or what an
 * input method is still putting together.
 */
export const vTypedValue: Directive<HTMLInputElement, string | number> = {
  mounted: (field, { value }) => {
    field.value = String(value)
  },
  updated: (field, { value, oldValue }) => {
    if (value !== oldValue && field.value !== String(value)) field.value = String(value)
  },
}
