import { type ComponentPropsWithoutRef, useState } from 'react'
import { Icon } from '../icon.tsx'
import { fill, useWords } from '../translations/words.tsx'

type SecretProps = Omit<ComponentPropsWithoutRef<'input'>, 'type'> & { label: string }

/** A field whose content is dots until somebody wants to see it. */
export function SecretControl({ label, ...rest }: SecretProps) {
  const words = useWords()
  const [isShown, setIsShown] = useState(false)
  return (
    <div className="field-with-end">
      <input
        {...rest}
        className="field-input"
        type={isShown ? 'text' : 'password'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <button
        type="button"
        className="field-end"
        aria-label={fill(isShown ? words.hide : words.show, { field: label })}
        onClick={() => setIsShown(!isShown)}
      >
        <Icon name={isShown ? 'eye-off' : 'eye'} />
      </button>
    </div>
  )
}
