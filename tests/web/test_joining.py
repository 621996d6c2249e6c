import pytest

from digi.web.joining import Unjoinable, joined


def joint(*others: str, **sources: str) -> dict[str, str]:
    files = {f"{name.replace('__', '/')}.js": source for name, source in sources.items()}
    return joined("main.js", files.__getitem__, others)


def test_modules_run_in_the_order_of_their_imports_each_once_and_in_a_scope_of_its_own():
    made = joint(
        main='import { a } from "./a.js";\nimport { b as c } from "./b.js";\nlet x = a + c;',
        a='import { b } from "./b.js";\nlet x = 1;\nexport const a = b + x;',
        b="let x = 2;\nexport const b = x;",
    )
    assert made == {
        "main.js": "const $0=(()=>{let x = 2;\nconst b = x;\n;return{b}})();\n"
        "const $1=(()=>{const{b}=$0;\nlet x = 1;\nconst a = b + x;\n;return{a}})();\n"
        "const $2=(()=>{const{a}=$1;\nconst{b:c}=$0;\nlet x = a + c;\n;return{}})();"
    }


@pytest.mark.parametrize(
    ("exporting", "given"),
    [
        ("export function a() {}", "{a}"),
        ("export async function a() {}", "{a}"),
        ("export function* a() {}", "{a}"),
        ("export class a {}", "{a}"),
        ("const b = 1;\nexport { b as a };", "{a:b}"),
        ("const b=1;export{b as a};", "{a:b}"),
        ('export { c as a } from "./c.js";', "{a:$0.c}"),
        ("export default function (b) {}", "{default:$default}"),
    ],
)
def test_whatever_way_a_module_exports_it_gives(exporting, given):
    taken = "a" if "default" in exporting else "{ a }"
    made = joint(main=f'import {taken} from "./b.js";', b=exporting, c="export const c = 1;")
    assert f";return{given}}})();" in made["main.js"]


def test_a_module_taken_whole_or_for_its_deeds_alone_is_there():
    made = joint(main='import * as a from "./a.js";\nimport "./b.js";', a="export const a = 1;", b="deed();")
    assert "const a=$0;" in made["main.js"]
    assert "deed();" in made["main.js"]


def test_what_is_loaded_later_takes_from_the_joined_module_what_is_in_there():
    made = joint(
        "room/later.js",
        "room/other.js",
        main='import { a } from "./lib/a.js";\nconst later = () => import("./room/later.js");',
        lib__a="export const a = 1;",
        room__later='import { a as b } from "../lib/a.js";\nimport { o } from "./other.js";\nexport const c = b;',
        room__other="export const o = 1;",
    )
    assert made["main.js"].endswith("export{$0};")
    assert 'import("./room/later.js")' in made["main.js"]
    assert made["room/later.js"].startswith('import{$0 as $0_1}from"../main.js";const{a:b}=$0_1;\n')
    assert 'import { o } from "./other.js";' in made["room/later.js"]
    assert made["room/other.js"] == "export const o = 1;"


def test_what_is_loaded_later_may_hand_on_what_it_took():
    later = 'export { a } from "./a.js";'
    made = joint("later.js", main='import { a } from "./a.js";', a="export const a = 1;", later=later)
    assert made["later.js"] == 'import{$0 as $0_1}from"./main.js";export const{a:a}=$0_1;'


def test_a_way_to_what_is_loaded_later_leads_there_from_where_the_joined_module_is():
    made = joint(main='import { a } from "./room/a.js";', room__a='export const a = () => import("./b.js");')
    assert 'import("./room/b.js")' in made["main.js"]


def test_loading_later_what_is_already_there_finds_it():
    made = joint(
        "later.js",
        main='import { a } from "./a.js";\nimport { b } from "./b.js";',
        a='export const a = () => import("./b.js");',
        b="export const b = 1;",
        later='export const c = () => import("./b.js");',
    )
    assert "const a = () => Promise.resolve($1);" in made["main.js"]
    assert 'import("./main.js").then((all)=>all.$1)' in made["later.js"]


@pytest.mark.parametrize(
    "sources",
    [
        {"main": 'import "./a.js";', "a": 'import "./main.js";'},
        {"main": 'import { b } from "./a.js";', "a": "export const a = 1;"},
        {"main": 'import { a } from "./a.js";', "a": "export let a = 1;"},
        {"main": 'import { a } from "./a.js";', "a": "export const { a } = {};"},
        {"main": "console.log(import.meta.url);"},
        {"main": 'import a from "bare";'},
    ],
    ids=["cycle", "missing", "reassigned", "taken apart", "its own address", "bare"],
)
def test_what_cannot_be_joined_is_refused(sources):
    with pytest.raises(Unjoinable):
        joint(**sources)
