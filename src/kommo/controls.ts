/**
 * Parameters of the platform's controls, by the name in `/tmpl/controls/<name>.twig`
 * (`platform/widget.md §3.8`). The templates accept that any of them is missing. Where the platform's pages
 * say a string and their samples pass a number, both are allowed.
 */
export interface SystemControls {
  button: ButtonParams;
  cancel_button: CancelButtonParams;
  delete_button: DeleteButtonParams;
  input: InputParams;
  textarea: TextareaParams;
  checkbox: CheckboxParams;
  checkboxes_dropdown: CheckboxesDropdownParams;
  radio: RadioParams;
  select: SelectParams;
  multiselect: MultiselectParams;
  suggest: SuggestParams;
  date_field: DateFieldParams;
  file: FileParams;
  /** Listed by the platform, but its parameters are not documented. */
  switcher: Readonly<Record<string, unknown>>;
}

export type SystemControlName = keyof SystemControls;

type Text = string | number;

/** CSS declarations: property → value. */
type Style = Readonly<Record<string, Text>>;

/** What most controls share. Several classes in one `class_name` are separated by spaces. */
interface ControlBase {
  readonly id?: Text;
  readonly class_name?: string;
}

interface FieldBase extends ControlBase {
  /** `name` of the form field. */
  readonly name?: string;
  readonly disabled?: boolean;
}

export interface ButtonParams extends ControlBase {
  /** `type` attribute; `button` when missing. */
  readonly type?: string;
  readonly text?: Text;
  readonly text_bold?: Text;
  readonly title?: string;
  readonly disabled?: boolean;
  readonly tab_index?: Text;
  /** Attributes, printed into the tag as they are. */
  readonly additional_data?: string;
  readonly inner_class_name?: string;
  readonly icon_class_name?: string;
  readonly svg_class_name?: string;
  readonly icon_right_name?: string;
  readonly plain?: boolean;
  readonly context_menu?: unknown;
  readonly context_menu_class_name?: string;
  /** Class of the button itself when it has a context menu. */
  readonly button_input_class_name?: string;
  /** Only a tutorial of the platform shows it. */
  readonly blue?: boolean;
}

export interface CancelButtonParams extends ControlBase {
  readonly text?: Text;
  readonly tab_index?: Text;
  readonly hidden?: boolean;
}

export interface DeleteButtonParams extends ControlBase {
  readonly text?: Text;
}

export interface InputParams extends FieldBase {
  readonly data_id?: Text;
  readonly sort?: Text;
  /** `type` attribute. */
  readonly type?: string;
  readonly placeholder?: string;
  readonly value?: Text;
  readonly style?: Style;
  readonly max_length?: Text;
  readonly readonly?: boolean;
  /** Attributes, printed into the tag as they are. */
  readonly additional_data?: string;
  readonly styled_input?: boolean;
  readonly autosize_width?: boolean;
  readonly min_size?: Text;
}

export interface TextareaParams extends FieldBase {
  readonly placeholder?: string;
  readonly value?: Text;
  readonly style?: Style;
  readonly readonly?: boolean;
  readonly tab_index?: Text;
  /** Attributes, printed into the tag as they are. */
  readonly additional_data?: string;
}

export interface CheckboxParams extends FieldBase {
  readonly name_is_array?: 'yes';
  readonly input_class_name?: string;
  /** Class of the text beside the box, if there is one. */
  readonly text_class_name?: string;
  readonly checked?: boolean;
  readonly checked_minus?: boolean;
  readonly value?: Text;
  readonly dataValue?: Text;
  readonly fieldId?: Text;
  readonly text?: Text;
  readonly note_text?: Text;
  readonly small?: boolean;
  /** Attributes, printed into the tag as they are. */
  readonly additional_data?: string;
}

export interface CheckboxesDropdownItem {
  /** Becomes the value of the box. */
  readonly id: Text;
  /** The text of the box. */
  readonly option: Text;
  readonly name?: string;
  readonly is_checked?: boolean;
  readonly prefix?: string;
  readonly active?: 'N';
  readonly divider_before?: { readonly title?: Text };
  readonly divider_after?: unknown;
  readonly bg_color?: string;
}

export interface CheckboxesDropdownParams extends FieldBase {
  readonly items?: readonly CheckboxesDropdownItem[];
  readonly name_is_array?: unknown;
  readonly title_empty?: string;
  readonly title_numeral?: string;
  readonly title_before?: string;
  readonly need_escape?: boolean;
}

export interface RadioParams extends FieldBase {
  readonly prefix?: string;
  readonly value?: Text;
  readonly label?: Text;
  readonly selected?: unknown;
  readonly text_class_name?: string;
  readonly color?: string;
  readonly fieldId?: Text;
  readonly dataValue?: Text;
  readonly noTitle?: boolean;
}

export interface SelectItem {
  readonly id: Text;
  /** The text of the item. */
  readonly option: Text;
  readonly bg_color?: string;
  readonly disabled?: boolean;
  readonly class_name?: string;
  /** Attributes, printed into the tag as they are. */
  readonly additional_data?: string;
}

export interface SelectParams extends FieldBase {
  readonly items?: readonly SelectItem[];
  /** `id` of the chosen item; the first item is chosen when this is missing. */
  readonly selected?: Text;
  readonly button_class_name?: string;
  readonly default?: unknown;
  readonly need_escape?: boolean;
  readonly no_titles?: boolean;
  readonly selected_before?: string;
  readonly selected_after?: string;
  readonly input_special_class?: string;
  readonly tab_index?: Text;
  /** Attributes, printed into the tag as they are. */
  readonly additional_data?: string;
}

export interface MultiselectParams {
  readonly name?: string;
  readonly values?: readonly { readonly id: Text; readonly value: Text }[];
  readonly selected?: unknown;
}

export interface SuggestItem {
  readonly id: Text;
  /** The text of the item. */
  readonly value: Text;
  readonly custom_class?: string;
}

export interface SuggestParams extends FieldBase {
  readonly items?: readonly SuggestItem[];
  /** `id` of the chosen item. */
  readonly selected?: Text;
  readonly value?: Text;
  readonly placeholder?: string;
  readonly ajax?: { readonly url: string; readonly params?: unknown };
  readonly closable?: boolean;
  /** The platform's list of parameters for this control is longer than the part that is documented. */
  readonly [param: string]: unknown;
}

export interface DateFieldParams extends ControlBase {
  readonly type?: 'single' | 'range';
  /** One name, or one for each end of a range. */
  readonly name?: string | { readonly from: string; readonly to: string };
  readonly input_class?: string;
  readonly value?: unknown;
  readonly placeholder?: string;
  readonly title_format?: string;
  readonly data_format?: string;
  readonly show_icon?: boolean;
  readonly disabled?: boolean;
}

export interface FileParams {
  readonly name?: string;
  readonly class?: string;
  readonly id?: Text;
  readonly size?: Text;
  readonly style?: string | Style;
  readonly text?: Text;
}
