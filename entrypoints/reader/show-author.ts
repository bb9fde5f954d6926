/**
 * Has the aid `only-author` show the posts of one author alone, as if the reader had chosen that in the bar.
 *
 * @returns false when the aid is switched off or does not know the author; nothing has changed then
 */
export function showAuthor(username: string): boolean {
  const choice = document.querySelector<HTMLSelectElement>('#thread select.loulan-only-author-control')
  if (!choice || username === '' || ![...choice.options].some(({ value }) => value === username)) return false
  choice.value = username
  choice.dispatchEvent(new Event('change'))
  return true
}
