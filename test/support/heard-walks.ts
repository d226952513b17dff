import { journeyClient, type Send } from '../../src/testing/client/journey-client.ts'
import { ObservingTester } from '../../src/testing/explore/observing-tester.ts'
import { openProject } from '../../src/testing/project/project.ts'
import { loadWalkFile } from '../../src/testing/project/walk-files.ts'
import { Tester } from '../../src/testing/run-walk.ts'
import { WorldHosts } from '../../src/testing/world/world-host.ts'
import { Conversations } from '../../src/walks/conversations.ts'

type Asked = Parameters<Send>[0]
type Replied = Awaited<ReturnType<Send>>

/** Plays walks of a project and hears their authenticate requests, as a recorder does. */
export function hearingProject(folder: string) {
  const project = openProject(folder)
  const hosts = new WorldHosts()
  const observing = new ObservingTester(project, hosts)
  let heard = new Conversations()
  const tester = new Tester(project, {
    hosts,
    connect(world, browser) {
      const send: Send = async (asked) => {
        const replied = await world.send(asked)
        heardIn(heard, asked, replied, world.time.now())
        return replied
      }
      return journeyClient(send, project.realm, { browser, now: world.time.now })
    },
  })
  return {
    project,
    tester: observing,
    async hear(file: string, it: string) {
      heard = new Conversations()
      const loaded = await loadWalkFile(file)
      if (Array.isArray(loaded)) throw new Error(JSON.stringify(loaded))
      const index = loaded.content.walks.findIndex((walk) => walk.it === it)
      const result = await tester.run(loaded, index)
      return { heard, result }
    },
    async close() {
      await tester.close()
      await observing.close()
      await hosts.close()
    },
  }
}

function heardIn(heard: Conversations, asked: Asked, replied: Replied, at: number): void {
  const { pathname, searchParams } = new URL(asked.path, 'http://server.example')
  if (!pathname.endsWith('/authenticate')) return
  heard.add({
    at,
    query: Object.fromEntries(searchParams),
    headers: asked.headers,
    cookies: (asked.headers.cookie ?? '').split('; ').map(cookieValue),
    request: asked.body ? JSON.parse(asked.body) : undefined,
    status: replied.status,
    response: JSON.parse(replied.body),
    newCookies: replied.cookies.map((each) => cookieValue(each.split(';')[0] ?? '')),
  })
}

function cookieValue(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1)
}
