import { readJourneyExport } from '../src/exchange/journey-export.ts'

/** Asks for ever: a page, answered, leads to the next page. No script and no password in it. */
export const pages = journey('BenchPages', 'one', {
  one: page({ true: 'two' }),
  two: page({ true: 'one' }),
})

const setStatus = 'designer-f207c4a117a7e51d4b6a8c9e2d3f1a57'

/** The same with the seed's custom node before every page: one script for each request. */
export const scriptedPages = journey('BenchScripts', 'status', {
  status: {
    type: setStatus,
    connections: { Success: 'page', Error: 'page' },
    config: {
      journeyStatusKey: 'transaction:notify',
      journeyStatusProperty: 'journeyStatus',
      journeyStatusValue: 'User has entered their credentials',
    },
  },
  page: page({ true: 'status' }),
})

type Node = { type: string; connections: Record<string, string>; config: Record<string, unknown> }

function page(connections: Record<string, string>): Node {
  return {
    type: 'MessageNode',
    connections,
    config: { message: { en: 'Do you want to go on?' }, messageYes: { en: 'Yes' }, messageNo: { en: 'No' } },
  }
}

function journey(name: string, entryNodeId: string, nodes: Record<string, Node>) {
  const idOf = (id: string) => `${name}-${id}`
  const entries = Object.entries(nodes)
  return readJourneyExport({
    tree: {
      _id: name,
      entryNodeId: idOf(entryNodeId),
      nodes: Object.fromEntries(
        entries.map(([id, { type, connections }]) => [
          idOf(id),
          {
            nodeType: type,
            displayName: id,
            connections: Object.fromEntries(Object.entries(connections).map(([o, to]) => [o, idOf(to)])),
          },
        ]),
      ),
    },
    nodes: Object.fromEntries(
      entries.map(([id, { type, config }]) => [
        idOf(id),
        { _id: idOf(id), _type: { _id: type, version: '1.0' }, ...config },
      ]),
    ),
  })
}
