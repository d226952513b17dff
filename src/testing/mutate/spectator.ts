import { textsOf } from '../../walks/page.ts'
import { type Observed, observe } from '../explore/observed.ts'
import type { TestedProject } from '../project/project.ts'
import { Tester } from '../run-walk.ts'
import { walkFileSchema } from '../walk-file.ts'
import type { WorldHosts } from '../world/world-host.ts'

/** What a walk leaves behind. */
export type Seen = Pick<Observed, 'ends' | 'outcome' | 'path' | 'mail' | 'people' | 'left'> & {
  /** The texts of each page by its step; -1 is the page at the start. */
  pages: ReadonlyMap<number, readonly string[]>
  /** All emails, those that steps mention included. */
  mails: readonly { from: string; subject: string; body: string }[]
  /** Whether the walk was played to its end. */
  isWhole: boolean
  /** Texts that must not be shown. */
  secrets: readonly string[]
}

/** Plays walks that no file has. */
export class Spectator {
  readonly #tester: Tester
  /** What the last walk left, if its steps could be played. */
  readonly #seen: Omit<Seen, 'isWhole' | 'secrets'>[] = []

  constructor(
    project: TestedProject,
    around: { hosts: WorldHosts; environment: Readonly<Record<string, string | undefined>> },
  ) {
    this.#tester = new Tester(project, {
      ...around,
      onPlayed: async (played) => {
        const [first, ...later] = played.player.screens
        const pages = [{ shown: first?.shown, step: -1 }, ...later].flatMap(({ shown, step }) =>
          shown?.kind === 'page' ? [[step, textsOf(shown.page)] as const] : [],
        )
        const mails = [...played.world.mailbox.all]
        this.#seen.push({ ...(await observe(played, project.bundle)), pages: new Map(pages), mails })
      },
    })
  }

  /** Plays the only walk of a file. @returns undefined if it can't be played. */
  async look(file: string, content: object): Promise<Seen | undefined> {
    this.#seen.length = 0
    const { status, step, secrets } = await this.#tester.run(loadedAs(file, content), 0)
    const [seen] = this.#seen
    return status === 'broken' || seen === undefined
      ? undefined
      : { ...seen, isWhole: step === undefined, secrets }
  }

  async passes(file: string, content: object): Promise<boolean> {
    return (await this.#tester.run(loadedAs(file, content), 0)).status === 'passed'
  }

  close(): Promise<void> {
    return this.#tester.close()
  }
}

function loadedAs(file: string, content: object) {
  return { file, content: walkFileSchema.parse(content), lineOf: () => 1 }
}
