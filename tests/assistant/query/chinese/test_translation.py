import pytest

from assistant.query.chinese.translation import is_chinese, translate
from index.lexical import LexicalIndex

# Made-up reports, a line a passage, and questions with words of the line that answers them.
REPORTS = {
    "bank": (
        """\
Total loans rose to EUR 41.2 billion at year end.
Customer deposits amounted to EUR 55.7 billion.
The non-performing loan ratio fell to 1.3%.
The capital adequacy ratio stood at 17.9%.
Net interest margin was 2.04%.
The bank runs 318 branches and 1,204 ATMs.
Green loans reached EUR 3.6 billion, up 24%.
Assets under management grew to EUR 88 billion.
The provision coverage ratio was 212%.
Anti-money laundering training was attended by 6,410 employees.
Martin Keller has chaired the audit committee since 2019.
Customer complaints fell from 5,120 to 4,377.""",
        (
            ("银行的不良贷款率是多少？", "1.3%"),
            ("年末客户存款余额有多少？", "55.7"),
            ("资本充足率达到多少？", "17.9%"),
            ("全行共有多少家分支机构？", "318"),
            ("绿色贷款余额增长了百分之几？", "3.6 billion"),
            ("净息差是多少", "2.04"),
            ("有多少员工参加了反洗钱培训？", "6,410"),
            ("2023年收到了多少起客户投诉？", "5,120"),
            ("资产管理规模是多少？", "88 billion"),
            ("谁是审计委员会的主席？", "Martin Keller"),
            ("拨备覆盖率", "212%"),
        ),
    ),
    "carmaker": (
        """\
We sold 812,400 vehicles, of which 203,150 were battery electric.
The Jiaxing plant has an annual production capacity of 250,000 units.
R&D investment amounted to 6.4% of revenue.
The company was granted 1,377 invention patents.
Two models were recalled because of a defect in the brake hose.
The driving range of the new sedan is 640 km on one charge.
Our dealers operate 1,020 sales outlets in 46 countries.
Volatile organic compounds emissions from the paint shop fell by 18%.
The battery warranty covers eight years.
Customer satisfaction reached 92.6 points.
The autonomous driving team counts 940 engineers.
The company was founded in 1968 in Turin.""",
        (
            ("公司销售了多少辆汽车？", "812,400"),
            ("嘉兴工厂的年产能是多少？", "Jiaxing"),
            ("研发投入占收入的比例是多少？", "6.4%"),
            ("公司获得了多少项发明专利授权？", "1,377"),
            ("为什么召回了两款车型？", "recalled"),
            ("新轿车的续航里程是多少公里？", "640 km"),
            ("挥发性有机物排放下降了多少？", "18%"),
            ("电池质保期是几年？", "eight years"),
            ("顾客满意度得分是多少？", "92.6"),
            ("自动驾驶团队有多少名工程师？", "940"),
            ("公司成立于哪一年？", "1968"),
            ("公司的产品销往多少个国家？", "46 countries"),
        ),
    ),
    "steel": (
        """\
Crude steel output was 9.8 million tonnes.
Sulphur dioxide emissions fell to 4,210 tonnes and nitrogen oxides to 7,905 tonnes.
Energy consumption per tonne of steel was 551 kg of standard coal.
Ninety-eight percent of the process water is recycled.
Slag and fly ash are sold to cement producers.
There were two work-related fatalities and 37 lost time injuries.
Scope 1 emissions were 17.3 million tonnes of CO2 equivalent.
Scope 2 emissions were 1.9 million tonnes of CO2 equivalent.
Particulate matter emissions amounted to 2,044 tonnes.
Hazardous waste generated was 61,300 tonnes.
Environmental protection expenditure was RMB 1.12 billion.
The blast furnace in Tangshan was relined in May.""",
        (
            ("粗钢产量是多少吨？", "Crude steel"),
            ("二氧化硫的排放量是多少？", "4,210"),
            ("氮氧化物排放了多少吨？", "7,905"),
            ("吨钢综合能耗是多少？", "551"),
            ("因工死亡人数是多少？", "fatalities"),
            ("范围一温室气体排放量是多少？", "17.3"),
            ("范围二的排放量呢？", "1.9 million"),
            ("产生了多少危险废物？", "61,300"),
            ("环保投入多少亿元？", "1.12 billion"),
            ("颗粒物排放总量", "2,044"),
            ("工业用水循环利用率是多少？", "recycled"),
            ("唐山的高炉什么时候检修？", "Tangshan"),
        ),
    ),
    "property": (
        """\
Contracted sales amounted to HK$ 18.4 billion.
The land bank covers 2.6 million square metres.
The occupancy rate of our office buildings was 93%.
Rental income grew to HK$ 2.2 billion.
The gearing ratio was 31.5% at 31 December.
Fourteen buildings obtained green building certification.
Shopping malls welcomed 71 million visitors.
The board proposes a final dividend of HK$ 0.45 per share.
Electricity consumption of common areas was 88,600 MWh.
Tenants rated property management services at 4.4 out of 5.
The average age of employees is 37.
Female directors hold three of nine seats on the board.""",
        (
            ("寫字樓的出租率是多少？", "93%"),
            ("土地儲備面積有多大？", "land bank"),
            ("租金收入增長至多少？", "Rental"),
            ("資產負債率是多少？", "31.5"),
            ("有多少棟建築獲得綠色建築認證？", "Fourteen"),
            ("每股派息多少？", "0.45"),
            ("公共區域的用電量是多少？", "88,600"),
            ("董事會中有幾名女性董事？", "Female directors"),
            ("合同銷售金額是多少港元？", "18.4"),
            ("員工的平均年齡是多少？", "37"),
            ("购物中心客流量是多少？", "71 million"),
        ),
    ),
    "retail": (
        """\
At year end we operated 2,318 stores, 204 of them opened this year.
Online sales accounted for 23% of revenue.
Same-store sales grew by 3.1%.
Food waste was cut by 41% against 2019.
Single-use plastic bags are no longer given away.
We audited 640 suppliers for labour rights.
Palm oil in own brands is fully certified.
The employee turnover rate was 19.8%.
Gross margin improved to 28.4%.
Members of the loyalty programme number 12.6 million.
Donations to food banks reached 9,800 tonnes.
The distribution centre in Lyon runs on solar energy.""",
        (
            ("公司一共有多少家门店？", "2,318"),
            ("今年新开了多少家店？", "204"),
            ("线上销售额占总营收的百分比？", "23%"),
            ("同店销售增长率是多少？", "3.1%"),
            ("食物浪费减少了多少？", "41%"),
            ("审核了多少家供应商？", "640"),
            ("员工流失率是多少？", "19.8%"),
            ("毛利率提升到了多少？", "28.4"),
            ("会员人数有多少？", "12.6"),
            ("棕榈油是否获得认证？", "Palm oil"),
            ("哪个配送中心使用太阳能？", "Lyon"),
            ("一次性塑料袋还提供吗？", "plastic bags"),
        ),
    ),
    "pharma": (
        """\
Eleven clinical trials are in phase three.
The vaccine was approved in 27 countries.
Research and development expenses were USD 1.9 billion.
Training hours averaged 34 per employee.
Animal welfare is overseen by an ethics committee.
No product was recalled in the reporting period.
Doctor Xu Wenhao leads the oncology laboratory.
We received 212 whistleblowing reports.
Women make up 54% of the workforce and 38% of senior management.
Water withdrawal totalled 3.1 million cubic metres.
Net profit attributable to shareholders was USD 2.3 billion.
The company is headquartered in Basel, Switzerland.""",
        (
            ("有几项临床试验？", "clinical"),
            ("疫苗在多少个国家获批？", "27 countries"),
            ("研发费用是多少亿美元？", "1.9 billion"),
            ("人均培训时长是多少小时？", "34"),
            ("报告期内有没有产品召回？", "recalled"),
            ("徐文浩负责哪个实验室？", "Xu Wenhao"),
            ("收到多少举报？", "212"),
            ("女性在高级管理层中的占比是多少？", "38%"),
            ("取水量是多少立方米？", "3.1 million"),
            ("归母净利润是多少？", "2.3 billion"),
            ("公司总部位于哪里？", "Switzerland"),
            ("谁监督动物福利？", "Animal welfare"),
        ),
    ),
}
ASKED = [(text, *pair) for text, pairs in REPORTS.values() for pair in pairs]
TRANSLATED = (
    ("2023年公司的二氧化硫排放量是多少?", "how much are the company's sulphur dioxide emissions in 2023?"),
    ("公司有多少名员工?", "how many employees does the company have?"),
    ("公司在2022年获得了哪些奖项?", "which awards did the company win in 2022?"),
    ("女性员工占员工总数的比例是多少?", "what percentage of total number of employees are female employees?"),
    ("员工中女性占比是多少", "what percentage of employees is female?"),
    ("公司是什么时候成立的?", "when was the company established?"),
    ("董事长是谁?", "who is chairman?"),
    ("谁担任首席执行官?", "who serve as CEO?"),
    ("公司的总部在哪里?", "where are the company's headquarters?"),
    ("温室气体排放总量是多少吨二氧化碳当量?", "how many tonnes of CO2 equivalent of total greenhouse gas emissions?"),
    ("公司是否通过了ISO 14001认证?", "did the company pass ISO 14001 certification?"),
    ("报告期内发生了多少起安全事故?", "how many safety accidents during the reporting period?"),
    ("海外供应商有多少家?", "how many overseas suppliers?"),
    ("员工有多少人?", "how many employees?"),
    ("公司的重大性议题有哪些?", "what are the material topics of the company?"),
    ("研发投入占营业收入的百分之多少?", "what percentage of operating revenue is R&D investment?"),
    ("2021年至2023年净利润分别是多少?", "how much is net profit from 2021 to 2023?"),
    ("公司为什么召回汽车?", "why does the company recall vehicles?"),
    ("有多少员工参加了培训?", "how many employees participate training?"),
    ("公司在哪些国家有工厂?", "which countries is the company have factories?"),
    ("資產負債率是多少?", "what is the asset-liability ratio?"),
    ("截至2023年底公司拥有专利多少项?", "how many patents did the company have as of year end 2023?"),
    ("2023年上半年不良贷款率是多少", "what is the non-performing loan ratio in first half 2023?"),
    ("公司销售了多少辆新能源汽车?", "how many new energy vehicles did the company sell?"),
    ("捐赠金额超过70万元的项目有哪些", "what are the projects of donation amount over 700,000 RMB?"),
    ("什么是范围三排放", "what is Scope 3 emissions?"),
    ("股票代码是什么", "what is the stock code?"),
    ("二〇二三年十二月三十一日的现金余额", "cash balance in 31 December 2023"),
    ("三年内公司种植了多少棵树?", "how many trees did the company plant within 3 years?"),
    ("公司如何应对气候变化?", "how does the company respond to climate change?"),
    ("第三季度营收同比增长多少?", "what is the revenue year-on-year growth in third quarter?"),
    ("有没有发生重大安全事故?", "does major safety accidents occur?"),
    ("平均每名员工的培训时长是多少小时?", "how many hours of average training hours per employee?"),
    ("王俊担任什么职务?", "what position does Wang Jun serve as?"),
    ("霞浦工厂的用水量", "Xiapu factories water consumption"),
    (
        "公司总部的用电量比上海工厂多多少?",
        "how much is the company headquarters electricity consumption more than Shanghai factories?",
    ),
    ("男员工人数比女员工人数多多少?", "how much is number of male employees more than number of female employees?"),
    ("2023年销量比2022年增长了多少?", "how much did sales volume increase in 2023 compared with 2022?"),
    (
        "乘用车销量是商用车销量的多少倍?",
        "how many times commercial vehicles sales volume is passenger vehicles sales volume?",
    ),
    ("营业收入与营业成本的差额是多少?", "what is the difference between operating revenue and operating costs?"),
    ("每名员工的培训费用是多少?", "how much are training expenses per employee?"),
    ("平均每名员工的培训时长是多少小时?", "how many hours of average training hours per employee?"),
    ("每吨钢的能耗是多少", "how much is energy consumption per tonne of steel?"),
    ("供应商的数量是多少?", "what is the number of suppliers?"),
    ("2022年和2023年的用水量分别是多少?", "how much is water consumption in 2023 and 2022?"),
    ("与2022年相比,2023年的碳排放量减少了多少?", "how much did carbon emissions reduce in 2023 compared with 2022?"),
    ("员工总数是多少?", "what is the total number of employees?"),
    ("前五大客户占总收入的比例?", "what percentage of total revenue are top five customers?"),
    ("汽油和柴油的消耗量之和是多少", "what is the sum of gasoline and diesel consumption?"),
)


def is_known(word: str) -> bool:
    return word.lower() in {"wang", "jun", "xiapu"}


@pytest.mark.parametrize(("text", "question", "answer"), ASKED, ids=[question for _, question, _ in ASKED])
def test_a_chinese_question_finds_its_passage_in_an_english_report(text, question, answer):
    lines = text.splitlines()
    index = LexicalIndex.build(lines)
    assert is_chinese(question)
    scores = index.scores(translate(question, index.is_known))
    best = sorted(range(len(lines)), key=lambda place: -scores[place])[:3]
    assert any(answer in lines[place] and scores[place] > 0 for place in best)


@pytest.mark.parametrize(("question", "english"), TRANSLATED)
def test_words_stand_in_nearly_english_order(question, english):
    assert translate(question, is_known) == english


def test_traditional_characters_read_as_simplified_ones():
    assert translate("資產負債率是多少?", is_known) == translate("资产负债率是多少?", is_known)
    assert translate("僱員總數、溫室氣體與廢棄物", is_known) == "total number of employees greenhouse gas and waste"


def test_the_reports_words_settle_which_of_several_is_used():
    question = "二氧化硫排放量是多少?"
    assert translate(question, {"sulfur", "dioxide", "emissions"}.__contains__) == (
        "how much are sulfur dioxide emissions?"
    )
    assert translate(question, {"so", "2", "emissions"}.__contains__) == "how much are SO2 emissions?"
    assert translate("用水量", {"water", "use"}.__contains__) == "water use"


def test_latin_words_and_figures_stay_as_they_are():
    assert translate("RX-7 Turbo的续航里程是640公里吗?", is_known) == "is RX-7 Turbo's driving range 640 kilometres?"
    assert translate("R&D投入超过1,250.5万元吗?", is_known) == "is R&D investment over 12,505,000 RMB?"


def test_what_is_not_understood_is_left_out():
    assert translate("魑魅魍魉", is_known) == ""
    assert translate("魑魅魍魉的用水量是多少?", is_known) == "how much is water consumption?"


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("公司有多少员工?", True),
        ("2023年的ROE是多少", True),
        ("How many employees work in 上海?", False),
        ("How many employees?", False),
        ("", False),
    ],
)
def test_chinese_is_told_from_english(text, chinese):
    assert is_chinese(text) == chinese
