import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const module = pathToFileURL(join(import.meta.dirname, 'interrupted.ts')).href

/** A command that ends a moment after the signal, or never. @returns its exit status and output. */
async function endedBy(signals: readonly NodeJS.Signals[], end: 'clean' | 'never') {
  const code = `import { aborted, untilInterrupted } from '${module}'
    await untilInterrupted(undefined, async (signal) => {
      const alive = setInterval(() => {}, 1000)
      console.log('ready')
      await aborted(signal)
      console.log('ending')
      if ('${end}' === 'never') await new Promise(() => {})
      clearInterval(alive)
      process.exitCode = 3
    })
    console.log('clean')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code])
  let output = ''
  let next = 0
  child.stdout.on('data', (data) => {
    output += data
    const signal = signals[next]
    if (signal !== undefined && /ready\n$|ending\n$/.test(output)) {
      next += 1
      child.kill(signal)
    }
  })
  const [status] = await once(child, 'close')
  return { status, output }
}

test('a signal ends a command cleanly, with the usual exit status', async () => {
  const ends = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => endedBy([signal], 'clean'))
  expect(await Promise.all(ends)).toEqual([
    { status: 3, output: 'ready\nending\nclean\n' },
    { status: 143, output: 'ready\nending\nclean\n' },
    { status: 129, output: 'ready\nending\nclean\n' },
  ])
})

test('a second signal ends the process at once', async () => {
  const ends = [endedBy(['SIGTERM', 'SIGTERM'], 'never'), endedBy(['SIGINT', 'SIGTERM'], 'never')]
  expect((await Promise.all(ends)).map(({ status }) => status)).toEqual([143, 143])
})
