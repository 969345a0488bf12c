/** `A` all, `G` own group, `M` own only, `D` denied. */
export type Permission = 'A' | 'G' | 'M' | 'D';

export interface EntityRights {
  readonly view: Permission;
  readonly edit: Permission;
  readonly add: Permission;
  readonly delete: Permission;
  readonly export: Permission;
}

export interface UserRights {
  readonly leads: EntityRights;
  readonly contacts: EntityRights;
  readonly companies: EntityRights;
  readonly tasks: { readonly edit: Permission; readonly delete: Permission };
  readonly mail_access: boolean;
  readonly catalog_access: boolean;
  readonly is_admin: boolean;
  readonly is_free: boolean;
  readonly is_active: boolean;
  readonly group_id: number | null;
  readonly role_id: number | null;
}

export interface User {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  /** Language of the interface; the user may change it. */
  lang: string;
  readonly uuid: string;
  readonly amojo_id: string;
  rights: UserRights;
}

export interface UserGroup {
  readonly id: number;
  readonly name: string;
  readonly uuid: string;
}

export interface Role {
  readonly id: number;
  readonly name: string;
}
