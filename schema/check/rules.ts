// Every rule, in the order in which differences are told: what refuses questions, what surprises, what adds, words.
import type { Rule } from "./rule.ts";
import { argumentAdded } from "./rules/argument-added.ts";
import { argumentDefaultChanged } from "./rules/argument-default-changed.ts";
import { argumentOptional } from "./rules/argument-optional.ts";
import { argumentRemoved } from "./rules/argument-removed.ts";
import { argumentRequired } from "./rules/argument-required.ts";
import { argumentTypeChanged } from "./rules/argument-type-changed.ts";
import { collectionAdded } from "./rules/collection-added.ts";
import { collectionChanged } from "./rules/collection-changed.ts";
import { collectionNarrowed } from "./rules/collection-narrowed.ts";
import { collectionRemoved } from "./rules/collection-removed.ts";
import { collectionWidened } from "./rules/collection-widened.ts";
import { deprecationChanged } from "./rules/deprecation-changed.ts";
import { descriptionChanged } from "./rules/description-changed.ts";
import { directiveNarrowed } from "./rules/directive-narrowed.ts";
import { directiveRemoved } from "./rules/directive-removed.ts";
import { enumValueAdded } from "./rules/enum-value-added.ts";
import { enumValueRemoved } from "./rules/enum-value-removed.ts";
import { fieldAdded } from "./rules/field-added.ts";
import { fieldNullable } from "./rules/field-nullable.ts";
import { fieldRemoved } from "./rules/field-removed.ts";
import { fieldRequired } from "./rules/field-required.ts";
import { fieldTypeChanged } from "./rules/field-type-changed.ts";
import { freshnessLoosened } from "./rules/freshness-loosened.ts";
import { freshnessStated } from "./rules/freshness-stated.ts";
import { freshnessTightened } from "./rules/freshness-tightened.ts";
import { inputFieldAdded } from "./rules/input-field-added.ts";
import { inputFieldDefaultChanged } from "./rules/input-field-default-changed.ts";
import { inputFieldOptional } from "./rules/input-field-optional.ts";
import { inputFieldRemoved } from "./rules/input-field-removed.ts";
import { inputFieldRequired } from "./rules/input-field-required.ts";
import { inputFieldTypeChanged } from "./rules/input-field-type-changed.ts";
import { interfaceAdded } from "./rules/interface-added.ts";
import { interfaceRemoved } from "./rules/interface-removed.ts";
import { keyAdded } from "./rules/key-added.ts";
import { keyRemoved } from "./rules/key-removed.ts";
import { productAdded } from "./rules/product-added.ts";
import { productChanged } from "./rules/product-changed.ts";
import { productRemoved } from "./rules/product-removed.ts";
import { referenceAdded } from "./rules/reference-added.ts";
import { referenceChanged } from "./rules/reference-changed.ts";
import { referenceRemoved } from "./rules/reference-removed.ts";
import { requiredArgumentAdded } from "./rules/required-argument-added.ts";
import { requiredInputFieldAdded } from "./rules/required-input-field-added.ts";
import { scalarSpecificationChanged } from "./rules/scalar-specification-changed.ts";
import { statusChanged } from "./rules/status-changed.ts";
import { typeAdded } from "./rules/type-added.ts";
import { typeKindChanged } from "./rules/type-kind-changed.ts";
import { typeRemoved } from "./rules/type-removed.ts";
import { unionMemberAdded } from "./rules/union-member-added.ts";
import { unionMemberRemoved } from "./rules/union-member-removed.ts";

export const rules: readonly Rule[] = [
  typeRemoved,
  typeKindChanged,
  fieldRemoved,
  fieldNullable,
  fieldTypeChanged,
  argumentRemoved,
  requiredArgumentAdded,
  argumentRequired,
  argumentTypeChanged,
  inputFieldRemoved,
  requiredInputFieldAdded,
  inputFieldRequired,
  inputFieldTypeChanged,
  enumValueRemoved,
  unionMemberRemoved,
  interfaceRemoved,
  directiveRemoved,
  directiveNarrowed,
  keyRemoved,
  collectionRemoved,
  collectionChanged,
  referenceRemoved,
  referenceChanged,
  collectionNarrowed,
  freshnessLoosened,
  freshnessStated,
  productRemoved,
  productChanged,
  statusChanged,
  argumentDefaultChanged,
  inputFieldDefaultChanged,
  enumValueAdded,
  unionMemberAdded,
  interfaceAdded,
  scalarSpecificationChanged,
  typeAdded,
  fieldAdded,
  fieldRequired,
  argumentAdded,
  argumentOptional,
  inputFieldAdded,
  inputFieldOptional,
  keyAdded,
  collectionAdded,
  collectionWidened,
  referenceAdded,
  productAdded,
  freshnessTightened,
  deprecationChanged,
  descriptionChanged,
];
