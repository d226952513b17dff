import './run-choices.css'
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useId, useRef } from 'react'
import { choicesInWords, type RunChoices } from './run-choices.ts'
import { RunChoicesForm } from './run-choices-form.tsx'

type Props = { realm: string; choices: RunChoices; onChoose(choices: RunChoices): void }

/** Says as whom, in which language and on which device the run started, and starts it as another. */
export function RunAs({ realm, choices, onChoose }: Props) {
  const [isOpen, { toggle, close }] = useDisclosure()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  // The form has the focus, and goes away.
  const closeForm = () => {
    close()
    button.current?.focus()
  }
  const words = choicesInWords(choices).join(' · ') || 'this browser'
  const Chevron = isOpen ? IconChevronUp : IconChevronDown
  return (
    <div className="run-choices">
      <Button
        ref={button}
        variant="subtle"
        color="gray"
        size="compact-sm"
        rightSection={<Chevron size={14} stroke={1.75} aria-hidden />}
        title={words}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggle}
      >
        <span className="words">
          Run as: <bdi>{words}</bdi>
        </span>
      </Button>
      {isOpen && (
        <RunChoicesForm
          id={id}
          realm={realm}
          choices={choices}
          onCancel={closeForm}
          onChoose={(chosen) => {
            closeForm()
            onChoose(chosen)
          }}
        />
      )}
    </div>
  )
}
