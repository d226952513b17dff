import { Breach } from './attack.ts'
import { attacks } from './attacks.ts'
import { openScene } from './scene.ts'

// `npm run attack`: plays all attacks against a server of its own, on loopback, and says what held. Ends with status 1
// when one of them got something.

let held = 0
for (const { name, wants, play } of attacks) {
  // A scene of its own for each: what one attack locks must not hold the next.
  const scene = await openScene()
  try {
    console.log(`✓ ${name} wants ${wants}\n    held: ${await play(scene)}`)
    held++
  } catch (error) {
    if (!(error instanceof Breach)) throw error
    console.error(`✗ ${name} wants ${wants}\n    BREACH: ${error.message}`)
  } finally {
    await scene.close()
  }
}

console.log(`\n${held} of ${attacks.length} attacks held`)
if (held < attacks.length) process.exitCode = 1
