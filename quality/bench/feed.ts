import { request } from 'node:http'

/**
 * Opens a live feed on its own connection, as a browser does.
 * @param hear called with each complete event.
 * @returns a function that closes the feed.
 */
export function openFeed(
  url: string,
  authId: string,
  hear: (event: string, data: string) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, headers: { 'x-sidegate-authid': authId } })
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
