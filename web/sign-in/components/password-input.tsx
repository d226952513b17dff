import { type ComponentPropsWithoutRef, useState } from 'react'
import { Icon } from '../icon.tsx'
import { fill, useTexts } from '../translations/texts.tsx'

type PasswordInputProps = Omit<ComponentPropsWithoutRef<'input'>, 'type'> & { label: string }

/** A password field with a button that shows the password. */
export function PasswordInput({ label, ...rest }: PasswordInputProps) {
  const texts = useTexts()
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
        aria-label={fill(isShown ? texts.hide : texts.show, { field: label })}
        onClick={() => setIsShown(!isShown)}
      >
        <Icon name={isShown ? 'eye-off' : 'eye'} />
      </button>
    </div>
  )
}
