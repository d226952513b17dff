import { feedFigures, pollFigures } from './backchannel-figures.ts'
import type { Figure } from './figure.ts'
import { measureGrowth } from './growth.ts'
import { growthFigures } from './growth-figures.ts'
import { measureInstall } from './install-size.ts'
import { measureFeeds } from './live-feed.ts'
import { loginFigures } from './login-figures.ts'
import { measureLogins } from './login-rate.ts'
import { measureMemory } from './memory-use.ts'
import { measurePolls } from './poll-cost.ts'
import type { Results } from './results.ts'
import { measureScripts } from './script-cost.ts'
import { memoryFigures, startFigures } from './start-figures.ts'
import { measureStart } from './start-time.ts'
import { measureSteps } from './step-cost.ts'
import { scriptFigures, stepFigures } from './step-figures.ts'

type MeasureOptions = {
  /** A prepared data folder that no server uses. */
  folder: string
  /** People, and finished transactions, of the large database. */
  stored: number
}

type Part = {
  ids: readonly string[]
  what: string
  /** @returns the results of the part, and its figures. */
  measure(options: MeasureOptions): Promise<Measured>
}

type Measured = { results: Partial<Results>; figures: Figure[] }

/** In the order of measuring. Start times come first, while the machine is quiet. */
export const parts: readonly Part[] = [
  part('start', ['P6'], () => measureStart(), startFigures),
  part('memory', ['P6'], ({ folder }) => measureMemory(folder), memoryFigures),
  part(
    'install',
    ['P6'],
    () => measureInstall(),
    () => [],
  ),
  part('steps', ['P1', 'P2'], ({ folder }) => measureSteps(folder), stepFigures),
  part('scripts', ['P2'], () => measureScripts(), scriptFigures),
  part('feeds', ['P3'], ({ folder }) => measureFeeds(folder), feedFigures),
  part('polls', ['P4'], ({ folder }) => measurePolls(folder), pollFigures),
  part('logins', ['P5'], ({ folder }) => measureLogins(folder), loginFigures),
  part('growth', ['P7'], ({ folder, stored }) => measureGrowth(folder, stored), growthFigures),
]

function part<Name extends keyof Results>(
  what: Name,
  ids: readonly string[],
  measure: (options: MeasureOptions) => Results[Name] | Promise<Results[Name]>,
  figuresOf: (result: Results[Name]) => Figure[],
): Part {
  return {
    ids,
    what,
    async measure(options) {
      const result = await measure(options)
      return { results: { [what]: result }, figures: figuresOf(result) }
    },
  }
}
