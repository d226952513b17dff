import { request } from 'node:http'

/** @param localAddress the client's address; the server's port has only so many connections to each. */
export type FeedRequest = { url: string; authId: string; localAddress?: string | undefined }

/**
 * Opens a live feed on its own connection, as a browser does.
 * @param hear called with each complete event.
 * @returns a function that closes the feed.
 */
export function openFeed(
  { url, authId, localAddress = '127.0.0.1' }: FeedRequest,
  hear: (event: string, data: string) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, localAddress, headers: { 'x-sidegate-authid': authId } })
    sent.once('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} for a live feed`))
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        const events = (text + chunk).split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) {
          const [, name, data] = /^event: (.*)\ndata: (.*)$/m.exec(event) ?? []
          if (name !== undefined && data !== undefined) hear(name, data)
        }
      })
      // Either side may close the connection.
      response.once('error', () => undefined)
      resolve(() => sent.destroy())
    })
    sent.once('error', reject)
    sent.end()
  })
}
