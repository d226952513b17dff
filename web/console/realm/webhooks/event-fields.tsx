import './webhook-fields.css'
import { Checkbox, Radio } from '@mantine/core'
import { useState } from 'react'
import { allEvents, eventGroups, hasAllEvents, inDisplayOrder } from './event-labels.ts'

type Props = {
  events: readonly string[]
  /** The validation problem. */
  problem: string | undefined
  onChange(events: string[]): void
}

/** The events that a webhook receives: all, or a selection. */
export function EventFields({ events, problem, onChange }: Props) {
  const [isChoosing, setChoosing] = useState(false)
  const isSome = isChoosing || !hasAllEvents(events)
  const choose = (chosen: string) => {
    setChoosing(chosen === 'some')
    if (chosen === 'all') onChange(inDisplayOrder([...allEvents, ...events]))
  }
  return (
    <>
      <Radio.Group label="Events" value={isSome ? 'some' : 'all'} error={problem} onChange={choose}>
        <div className="sheet-choices">
          <Radio value="all" label="All events" />
          <Radio value="some" label="Selected events" />
        </div>
      </Radio.Group>
      {isSome && <Choice events={events} onChange={onChange} />}
    </>
  )
}

function Choice({ events, onChange }: Pick<Props, 'events' | 'onChange'>) {
  return (
    <div className="webhook-events stack align-start gap-4">
      {eventGroups.map((group) => {
        const own = group.events.map(({ event }) => event)
        const others = events.filter((event) => !own.includes(event))
        return (
          <Checkbox.Group
            key={group.title}
            label={group.title}
            value={events.filter((event) => own.includes(event))}
            onChange={(chosen) => onChange(inDisplayOrder([...others, ...chosen]))}
          >
            <div className="sheet-choices">
              {group.events.map(({ event, label, description }) => (
                <Checkbox key={event} value={event} label={label} description={description} />
              ))}
            </div>
          </Checkbox.Group>
        )
      })}
    </div>
  )
}
