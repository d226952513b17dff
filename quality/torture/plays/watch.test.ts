import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { Book } from '../book.ts'
import { Client } from '../client.ts'
import { Watch } from './watch.ts'

test('stops watching a deleted transaction without waiting for its first event', async () => {
  const server = createServer((_request, response) => response.writeHead(404).end())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never the name of a pipe.
  const { port } = server.address() as AddressInfo
  try {
    const client = new Client([{ url: `http://127.0.0.1:${port}/am`, isUp: true }], new Book())
    const watch = new Watch(client, () => ({ headers: {} }))
    await watch.finish()
    expect(await watch.snapshot).toBeUndefined()
  } finally {
    server.close()
  }
})
