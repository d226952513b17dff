import { changeDev, readDevPanel } from '../../contract/dev.ts'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { parseBody } from '../http/body.ts'
import { byAction, type Call, type Route } from '../http/route.ts'
import { mockFor } from '../testing/play/mock-for.ts'
import type { DevParts } from './dev-server.ts'
import { readableMail } from './mail-text.ts'
import type { Messages } from './messages.ts'
import { nameOf } from './sync/sync-text.ts'
import type { TwoWaySync } from './sync/two-way-sync.ts'
import type { WalkRuns } from './walk-runs.ts'
import { repliesIn } from './written-replies.ts'

type Panel = AnswerOf<typeof readDevPanel>

export type DevRouteNeeds = DevParts & {
  allowedHosts: readonly string[]
  /** Undefined until the server has started. */
  sync(): TwoWaySync | undefined
  /** Its problems are shown. */
  messages: Pick<Messages, 'current'>
  walks: Pick<WalkRuns, 'isRunning' | 'passed' | 'failures'>
}

const minuteMs = 60_000

/** The panel of `sidegate dev`: what it shows, and its buttons. */
export function devRoutes(needs: DevRouteNeeds): Route[] {
  const { clock, calls } = needs
  const access = 'administrator'
  const acting = (work: (call: Call) => Promise<void> | void) => async (call: Call) => {
    await work(call)
    return { body: panelOf(needs) }
  }
  return [
    {
      ...readDevPanel,
      access,
      summary: 'Shows emails, calls, clock, walks and conflicts of a development server.',
      handle: () => ({ body: panelOf(needs) }),
    },
    {
      ...changeDev,
      access,
      resource: { kind: 'dev' },
      summary: 'Changes a development server: `pass`, `addReply`, `open`, `take`.',
      handle: byAction({
        pass: acting((call) => clock.pass(parseBody(changeDev.actions.pass.body(), call).minutes * minuteMs)),
        addReply: acting((call) => {
          const { yaml } = parseBody(changeDev.actions.addReply.body(), call)
          calls.add(repliesIn(yaml))
        }),
        open: acting((call) => {
          calls.isOpen = parseBody(changeDev.actions.open.body(), call).isOpen
        }),
        take: acting(async (call) => {
          const { key, side } = parseBody(changeDev.actions.take.body(), call)
          await needs.sync()?.take(key, side)
        }),
      }),
    },
  ]
}

function panelOf({ clock, mails, calls, allowedHosts, sync, messages, walks }: DevRouteNeeds): Panel {
  const { conflicts = [] } = sync() ?? {}
  return {
    now: clock.now(),
    aheadMs: clock.aheadMs,
    mails: mails.all.map(({ isHtml, body, to, number, sentAt, from, subject }) => ({
      ...{ number, sentAt, from, subject, to: [...to] },
      ...readableMail({ isHtml, body }),
    })),
    calls: calls.all.map(({ number, madeAt, method, url, answer, mock = null, body }) => ({
      ...{ number, madeAt, method, url, answer, mock },
      yaml: answer === 'not mocked' ? mockFor(method, url, body) : null,
    })),
    mocks: calls.mocks.map(({ method, url }) => `${method} ${url}`),
    allowedHosts: [...allowedHosts],
    isOpen: calls.isOpen,
    conflicts: conflicts.map(({ key, item, files, server }) => ({
      key,
      name: nameOf(item),
      files: files.map(({ words }) => words),
      server: server.map(({ words }) => words),
    })),
    problems: [...messages.current],
    walks: { isRunning: walks.isRunning, passed: walks.passed, failures: [...walks.failures] },
  }
}
