import './webhook-fields.css'
import { Checkbox, Radio } from '@mantine/core'
import { useState } from 'react'
import { eventGroups, everyEvent, inOrder, isEverything } from './event-labels.ts'

type Given = {
  events: readonly string[]
  /** What is wrong with the choice. */
  problem: string | undefined
  onChange(events: string[]): void
}

/** Of what a receiver is told: of everything, or of what is chosen. */
export function EventFields({ events, problem, onChange }: Given) {
  const [isChoosing, setChoosing] = useState(false)
  const isSome = isChoosing || !isEverything(events)
  const choose = (chosen: string) => {
    setChoosing(chosen === 'some')
    if (chosen === 'all') onChange(inOrder([...everyEvent, ...events]))
  }
  return (
    <>
      <Radio.Group label="What it is told" value={isSome ? 'some' : 'all'} error={problem} onChange={choose}>
        <div className="sheet-choices">
          <Radio value="all" label="Everything that becomes of a check" />
          <Radio value="some" label="What is chosen" />
        </div>
      </Radio.Group>
      {isSome && <Choice events={events} onChange={onChange} />}
    </>
  )
}

function Choice({ events, onChange }: Pick<Given, 'events' | 'onChange'>) {
  return (
    <div className="receiver-events">
      {eventGroups.map(({ title, told }) => {
        const own = told.map(({ event }) => event)
        const others = events.filter((event) => !own.includes(event))
        return (
          <Checkbox.Group
            key={title}
            label={title}
            value={events.filter((event) => own.includes(event))}
            onChange={(chosen) => onChange(inOrder([...others, ...chosen]))}
          >
            <div className="sheet-choices">
              {told.map(({ event, word, about }) => (
                <Checkbox key={event} value={event} label={word} description={about} />
              ))}
            </div>
          </Checkbox.Group>
        )
      })}
    </div>
  )
}
