import { Breach } from './attack.ts'
import { attacks } from './attacks.ts'
import { playAttack } from './scene.ts'

// `npm run attack [NAME …]` plays all attacks, or the named ones, against its own server on loopback, and
// prints the results. Exits with status 1 if an attack succeeded.

const names = process.argv.slice(2)
const unknown = names.filter((wanted) => !attacks.some(({ name }) => name === wanted))
const chosen = attacks.filter(({ name }) => names.length === 0 || names.includes(name))

if (unknown.length > 0) {
  console.error(
    `No attack is called ${unknown.join(', ')}. There are: ${attacks.map(({ name }) => name).join(', ')}`,
  )
  process.exitCode = 2
} else {
  const held = await playAll()
  console.log(`\n${held} of ${chosen.length} attacks held`)
  if (held < chosen.length) process.exitCode = 1
}

/** @returns the number of attacks that failed. */
async function playAll(): Promise<number> {
  let held = 0
  for (const attack of chosen) {
    try {
      console.log(`✓ ${attack.name}\n    goal: ${attack.goal}\n    held: ${await playAttack(attack)}`)
      held++
    } catch (error) {
      if (!(error instanceof Breach)) throw error
      console.error(`✗ ${attack.name}\n    goal: ${attack.goal}\n    BREACH: ${error.message}`)
    }
  }
  return held
}
