import { Input } from '@kommo-crm/crm-react-ui-kit/Input';
import { Text } from '@kommo-crm/crm-react-ui-kit/Text';
import { type FormEvent, useId, useRef, useState } from 'react';
import type { ConnectableService, ConnectionField } from '../../../contract/connections-api.js';
import { usePanel } from '../../settings/panel-context.js';
import { ActionButton } from '../ActionButton.js';
import type { AttemptView } from './attempt.js';
import { AttemptProblem } from './AttemptProblem.js';

/** The method `api_key`: the service's own fields, which go to the backend and stay nowhere here. */
export function KeyPanel({ service, attempt }: { service: ConnectableService; attempt: AttemptView }) {
  const { words, themes, connections } = usePanel();
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map());
  const [isChecked, setIsChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isBusy = attempt.phase === 'working' || attempt.phase === 'waiting';
  const valueOf = ({ name }: ConnectionField): string => values.get(name) ?? '';
  const isBlank = (field: ConnectionField): boolean => field.is_required && valueOf(field).trim() === '';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isBusy) return;
    setIsChecked(true);
    const blank = service.fields.findIndex(isBlank);
    if (blank >= 0) {
      form.current?.querySelectorAll('input')[blank]?.focus();
      return;
    }
    const filled = service.fields.filter((field) => valueOf(field).trim() !== '');
    connections
      .attempt()
      ?.submit(Object.fromEntries(filled.map((field) => [field.name, valueOf(field).trim()])));
  };

  return (
    <form ref={form} noValidate autoComplete="off" className="pipeline-messenger__stack" onSubmit={submit}>
      <Text as="p" size="l" theme={themes.text} className="pipeline-messenger__text">
        {words('connection.keys.text', { service: service.title })}
      </Text>
      {service.fields.map((field) => (
        <KeyField
          key={field.name}
          field={field}
          value={valueOf(field)}
          isInvalid={isChecked && isBlank(field)}
          onChange={(value) => {
            setValues(new Map(values).set(field.name, value));
          }}
        />
      ))}
      <AttemptProblem service={service} attempt={attempt} />
      <div className="pipeline-messenger__buttons">
        <ActionButton isPrimary isSubmit isBusy={isBusy}>
          {words('connection.keys.submit')}
        </ActionButton>
        <ActionButton onClick={connections.closeAttempt}>{words('connection.cancel')}</ActionButton>
      </div>
    </form>
  );
}

interface FieldProps {
  field: ConnectionField;
  value: string;
  isInvalid: boolean;
  onChange: (value: string) => void;
}

/** Without a name, so that no form of the page ever sends what stands in it. */
function KeyField({ field, value, isInvalid, onChange }: FieldProps) {
  const { words, themes } = usePanel();
  const id = useId();
  const label = words(`connection.keys.labels.${field.label}`);
  const hint =
    field.example === null ? undefined : words('connection.keys.example', { example: field.example });
  const described = [hint !== undefined && `${id}-hint`, isInvalid && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <div>
      <label htmlFor={id} className="pipeline-messenger__label">
        {field.is_required ? label : words('connection.keys.optional', { label })}
      </label>
      <Input
        id={id}
        theme={themes.input}
        type={field.is_secret ? 'password' : 'text'}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        isInvalid={isInvalid}
        aria-invalid={isInvalid}
        aria-required={field.is_required}
        {...(described !== '' && { 'aria-describedby': described })}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="pipeline-messenger__hint">
          {hint}
        </p>
      )}
      {isInvalid && (
        <p id={`${id}-error`} className="pipeline-messenger__error">
          {words('connection.keys.blank')}
        </p>
      )}
    </div>
  );
}
