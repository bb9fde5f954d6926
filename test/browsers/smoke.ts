import { writeFileSync } from 'node:fs'

/**
 * Runs steps one after another, each with its name; a step that throws fails, and those after it are tried all the same.
 * Prints a line a step, writes `{ passed, failed }` where `LOULAN_SMOKE_REPORT` says, and sets the exit code.
 */
export async function runSmoke(steps: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  let failed = 0
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step()
      console.log(`  ✓ ${name}`)
    } catch (error) {
      failed += 1
      console.error(`  ✗ ${name}\n    ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const report = process.env.LOULAN_SMOKE_REPORT
  if (report) writeFileSync(report, JSON.stringify({ passed: Object.keys(steps).length - failed, failed }))
  if (failed > 0) process.exitCode = 1
}
