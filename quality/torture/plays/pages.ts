import type { Answer } from '../client.ts'
import { pages } from '../place/journeys.ts'
import { problem } from '../record/problem.ts'
import { type StepAnswer, stepProblems } from '../record/step.ts'
import type { Stage } from './stage.ts'
import { isPage, start, step } from './wire.ts'

const steps = 25

/** A client walks through pages; sometimes it presses both buttons at once, or one twice. */
export async function playPages({ client, later, isOver }: Stage): Promise<void> {
  const { book } = client
  let page = await client.ask(start({ authIndexType: 'service', authIndexValue: pages }))
  if (!isPage(page))
    return book.found([problem('an answer that is never allowed', `${page.status} to a start`)])
  book.acknowledged('journey started')
  let answered: { page: Answer; button: number } | undefined
  for (let taken = 0; taken < steps && !isOver(); taken++) {
    const buttons = buttonsPressed()
    const { answers, next, button } = await press(page, buttons)
    book.found(stepProblems(answers))
    if (next === undefined) return
    book.acknowledged('step taken')
    answered = { page, button }
    page = next
  }
  const { authId } = page.body
  if (answered === undefined) return
  const again = step(answered.page, [answered.button])
  later(async () => {
    const { status, body } = await client.ask(again)
    const isThere = body.authId === authId
    const seen = `${status} when it was sent again later`
    book.found(isThere ? [] : [problem('an acknowledged step is lost', seen)])
  })

  /** Sends all requests at once, then repeats those without a response. */
  async function press(from: Answer, pressed: readonly number[]) {
    const answers: StepAnswer[] = []
    let taken: { next?: Answer; button: number } = { button: 0 }
    await Promise.all(
      pressed.map(async (button) => {
        const answer = await client.ask(step(from, [button]))
        const isTaken = isPage(answer)
        answers.push({ request: String(button), answer: isTaken ? String(answer.body.authId) : undefined })
        if (isTaken) taken = { next: answer, button }
      }),
    )
    return { answers, ...taken }
  }
}

function buttonsPressed(): readonly number[] {
  const chance = Math.random()
  if (chance < 0.1) return [0, 1]
  if (chance < 0.15) return [1, 1]
  return [chance < 0.6 ? 0 : 1]
}
