import type { Element, Properties } from 'hast'
import { find, html as schema } from 'property-information'

interface PropertyForm {
  name: string
  kind: 'text' | 'list' | 'number' | 'flag'
}

/** How hast spells the attributes met so far. Bounded, for the names come from pages. */
const propertyForms = new Map<string, PropertyForm>()
const MAX_PROPERTY_FORMS = 2000

/** How hast spells an HTML attribute: `class` is the list `className`, `data-postid` is `dataPostid`. */
export function propertyForm(attribute: string): PropertyForm {
  let form = propertyForms.get(attribute)
  if (form) return form
  // The look-up takes what every object has for an entry of its table.
  if (attribute in Object.prototype) return { name: attribute, kind: 'text' }
  const info = find(schema, attribute)
  const isFlag = info.boolean || info.overloadedBoolean
  form = {
    name: info.property,
    kind: info.spaceSeparated ? 'list' : isFlag ? 'flag' : info.number ? 'number' : 'text',
  }
  if (propertyForms.size < MAX_PROPERTY_FORMS) propertyForms.set(attribute, form)
  return form
}

/** Sets an attribute by its HTML name and value, in the form that hast keeps it in. */
export function setAttribute(properties: Properties, attribute: string, value: string): void {
  const { name, kind } = propertyForm(attribute)
  if (name === '__proto__') return // Assigning it would not make a property.
  if (kind === 'list') properties[name] = listOf(value)
  else if (kind === 'flag' && (value === '' || value.toLowerCase() === attribute)) properties[name] = true
  else if (kind === 'number' && value.trim() && Number.isFinite(Number(value))) properties[name] = Number(value)
  else properties[name] = value
}

/** Most lists are of one. */
function listOf(value: string): string[] {
  return /^[^ \t\n\f\r]+$/.test(value) ? [value] : value.split(/[ \t\n\f\r]+/).filter(Boolean)
}

/** An element's attribute by its HTML name, as text; undefined where it has none. */
export function attributeOf(element: Element, attribute: string): string | undefined {
  const { name } = propertyForm(attribute)
  if (!Object.hasOwn(element.properties, name)) return undefined
  const value = element.properties[name]
  if (value === undefined || value === null || value === false) return undefined
  if (value === true) return ''
  return Array.isArray(value) ? value.join(' ') : String(value)
}
